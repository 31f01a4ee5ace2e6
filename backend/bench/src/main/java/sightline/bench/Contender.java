package sightline.bench;

/**
 * A row of the report.
 *
 * @param name as asked for: that of a target, with {@code -bin} for its binary protocol
 * @param target what {@code --target} calls it
 */
record Contender(String name, String target, Protocol protocol) {
  private static final String BINARY = "-bin";

  static Contender of(String name) {
    return name.endsWith(BINARY)
        ? new Contender(name, name.substring(0, name.length() - BINARY.length()), Protocol.bin)
        : new Contender(name, name, Protocol.json);
  }

  /** What quality demands of its p50 and p99 as ratios to the floor's; empty where nothing. */
  static String goal(String name, int browsers) {
    return switch (name) {
      case "up" ->
          switch (browsers) {
            case 120 -> "≤ 2.5 / ≤ 3";
            case 300 -> "≤ 1.5 / ≤ 2.5";
            case 1_000, 2_000 -> "≤ 1.5 / ≤ 2";
            default -> "";
          };
      case "stack" ->
          switch (browsers) {
            case 120 -> "≤ 5 / ≤ 8";
            case 300, 1_000 -> "≤ 4 / ≤ 4";
            default -> "";
          };
      default -> "";
    };
  }
}
