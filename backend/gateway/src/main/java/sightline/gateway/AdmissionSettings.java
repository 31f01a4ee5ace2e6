package sightline.gateway;

/**
 * How fast browsers may come, validated. Immutable.
 *
 * @param connectsPerSecond WebSockets admitted a second, in the long run
 * @param connectBurst and at once
 * @param refusalsPerSecond refusals that are told when to come back, a second; beyond it the
 *     connection is just closed
 * @param refusalBurst and at once
 */
public record AdmissionSettings(
    int connectsPerSecond, int connectBurst, int refusalsPerSecond, int refusalBurst) {

  /** A whole control room within a second, and a storm of ten thousand within a few. */
  public static final AdmissionSettings DEFAULT =
      new AdmissionSettings(3_000, 6_000, 5_000, 10_000);

  /** Checks ranges. */
  public AdmissionSettings {
    Check.range("connects-per-second", connectsPerSecond, 1, 1_000_000);
    Check.range("connect-burst", connectBurst, 1, 1_000_000);
    Check.range("refusals-per-second", refusalsPerSecond, 0, 1_000_000);
    Check.range("refusal-burst", refusalBurst, 0, 1_000_000);
  }
}
