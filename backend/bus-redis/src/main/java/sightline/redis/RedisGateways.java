package sightline.redis;

import java.util.Map;
import java.util.TreeMap;

/**
 * What each gateway tells the others, in Redis, a hash by the gateways' names. Any thread may call.
 * Every call throws {@link sightline.bus.BusUnavailable} where Redis does not answer.
 */
public final class RedisGateways {
  private static final String SEPARATOR = "\t";

  private final Keys keys;
  private final RedisLink writing;
  private final RedisLink reading;

  /**
   * What one tells.
   *
   * @param beat another each time
   * @param clients its WebSockets
   */
  public record Told(long beat, int clients) {}

  RedisGateways(Keys keys, RedisLink writing, RedisLink reading) {
    this.keys = keys;
    this.writing = writing;
    this.reading = reading;
  }

  /** Takes the place of what it told before. */
  public void tell(String gateway, Told told) {
    byte[] value = Keys.bytes(told.beat() + SEPARATOR + told.clients());
    Boolean _ =
        writing.call("gateway", redis -> redis.hset(keys.gateways, Keys.bytes(gateway), value));
  }

  /** What is not there any more was told by a gateway that ended. */
  public void forget(String gateway) {
    Long _ = writing.call("gateway", redis -> redis.hdel(keys.gateways, Keys.bytes(gateway)));
  }

  /** What all told last, by name; what another version told is left out. */
  public Map<String, Told> read() {
    Map<String, Told> all = new TreeMap<>();
    reading
        .call("gateways", redis -> redis.hgetall(keys.gateways))
        .forEach(
            (name, value) -> {
              String[] fields = Keys.text(value).split(SEPARATOR, -1);
              try {
                all.put(
                    Keys.text(name),
                    new Told(Long.parseLong(fields[0]), Integer.parseInt(fields[1])));
              } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                all.remove(Keys.text(name));
              }
            });
    return all;
  }
}
