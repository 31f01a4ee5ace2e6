package sightline.gateway;

import java.util.List;

/**
 * A person who may sign in. Immutable.
 *
 * @param name what the log of acknowledgements calls them
 * @param token what they sign in with, 16 characters or more; it is never shown
 * @param groups the device groups that they may see; {@code *} is everything
 */
public record PersonSettings(String name, String token, List<String> groups) {
  /** Nobody; every field must be set. */
  public static final PersonSettings DEFAULT = new PersonSettings("", "", List.of());

  /** Copies the list; {@link AccessSettings} checks. */
  public PersonSettings {
    groups = List.copyOf(groups);
  }

  @Override
  public String toString() {
    return name + " " + groups;
  }
}
