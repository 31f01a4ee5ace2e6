package sightline.gateway;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may see what, validated. Immutable.
 *
 * @param people who may sign in; nobody: everyone at this machine is {@code local} and sees all
 * @param groups device groups: the ids of their devices, or the beginnings of ids with {@code *}
 *     behind
 */
public record AccessSettings(List<PersonSettings> people, Map<String, List<String>> groups) {
  /** Without people: everyone is {@code local}. */
  public static final AccessSettings OPEN = new AccessSettings(List.of(), Map.of());

  private static final int LEAST_TOKEN = 16;

  /** Checks every person and copies the collections. */
  public AccessSettings {
    people = List.copyOf(people);
    groups = Map.copyOf(groups);
    Set<String> names = new HashSet<>();
    Set<String> tokens = new HashSet<>();
    for (PersonSettings person : people) {
      if (person.name().isBlank() || person.name().length() > 64 || !names.add(person.name())) {
        throw new IllegalArgumentException(
            "people must each have a name of their own, of at most 64 characters");
      }
      if (person.token().length() < LEAST_TOKEN || !tokens.add(person.token())) {
        throw new IllegalArgumentException(
            "people must each have a token of their own, of 16 characters or more: "
                + person.name());
      }
      for (String group : person.groups()) {
        if (!group.equals("*") && !groups.containsKey(group)) {
          throw new IllegalArgumentException(
              "people name a group that devices.groups does not have: " + group);
        }
      }
    }
  }
}
