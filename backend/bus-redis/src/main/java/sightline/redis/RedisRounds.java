package sightline.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.protocol.ProbeRound;

/**
 * The probe's measurements in Redis, a list of lines, so that every gateway can show them. Any
 * thread may call.
 */
public final class RedisRounds {
  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 7;

  private final Keys keys;
  private final RedisLink writing;
  private final RedisLink reading;

  RedisRounds(Keys keys, RedisLink writing, RedisLink reading) {
    this.keys = keys;
    this.writing = writing;
    this.reading = reading;
  }

  /**
   * Adds one, and keeps so many of the newest.
   *
   * @throws sightline.bus.BusUnavailable where Redis does not answer
   */
  public void add(ProbeRound round, int keep) {
    byte[] line = Keys.bytes(line(round));
    Long _ = writing.call("round", redis -> redis.rpush(keys.probe, line));
    String _ = writing.call("round", redis -> redis.ltrim(keys.probe, -keep, -1));
  }

  /**
   * All that are kept, oldest first.
   *
   * @throws sightline.bus.BusUnavailable where Redis does not answer
   */
  public List<ProbeRound> read() {
    return reading.call("rounds", redis -> redis.lrange(keys.probe, 0, -1)).stream()
        .map(line -> round(Keys.text(line)))
        .filter(round -> round != null)
        .toList();
  }

  private static String line(ProbeRound round) {
    String failed = round.failed() == null ? "" : round.failed();
    return String.join(
        SEPARATOR,
        Long.toString(round.time()),
        round.gateway().replace(SEPARATOR, " "),
        failed,
        Double.toString(round.broker()),
        Double.toString(round.bridge()),
        Double.toString(round.gatewayHop()),
        Double.toString(round.total()));
  }

  /** Null for a line of another version. */
  private static @Nullable ProbeRound round(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    if (fields.length != FIELDS) {
      return null;
    }
    try {
      return new ProbeRound(
          Long.parseLong(fields[0]),
          fields[1],
          fields[2].isEmpty() ? null : fields[2],
          Double.parseDouble(fields[3]),
          Double.parseDouble(fields[4]),
          Double.parseDouble(fields[5]),
          Double.parseDouble(fields[6]));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
