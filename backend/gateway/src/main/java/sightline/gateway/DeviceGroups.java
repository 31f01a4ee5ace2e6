package sightline.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which groups a device is in, by its id alone, so that it holds for the past too. Immutable. */
final class DeviceGroups {
  private final Map<String, List<String>> byId = new HashMap<>();
  private final Map<String, List<String>> byPrefix = new TreeMap<>();

  /**
   * The groups of the settings.
   *
   * @param groups ids, or beginnings of ids with {@code *} behind, by the group's name
   */
  DeviceGroups(Map<String, List<String>> groups) {
    new TreeMap<>(groups)
        .forEach(
            (group, devices) -> {
              for (String device : devices) {
                boolean prefix = device.endsWith("*");
                String name = prefix ? device.substring(0, device.length() - 1) : device;
                (prefix ? byPrefix : byId)
                    .computeIfAbsent(name, id -> new ArrayList<>())
                    .add(group);
              }
            });
  }

  /** The device's groups, each once. */
  List<String> of(String device) {
    List<String> exact = byId.getOrDefault(device, List.of());
    if (byPrefix.isEmpty()) {
      return exact;
    }
    List<String> all = new ArrayList<>(exact);
    byPrefix.forEach(
        (prefix, groups) -> {
          if (device.startsWith(prefix)) {
            all.addAll(groups);
          }
        });
    return all.stream().distinct().toList();
  }
}
