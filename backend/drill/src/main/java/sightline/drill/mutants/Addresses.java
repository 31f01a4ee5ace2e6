package sightline.drill.mutants;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import sightline.mqtt.MqttSettings;
import sightline.postgres.PostgresSettings;
import sightline.redis.RedisSettings;

/**
 * Where a role finds its servers. Immutable.
 *
 * @param redis the bus
 * @param redisPassword its password's file
 * @param prefix of every name in it
 * @param postgres the database
 * @param user the database's owner
 * @param postgresPassword the owner's password's file
 * @param broker the listener for the bridge
 * @param certificates the folder with `ca.crt`, `bridge.crt` and `bridge.key`
 */
public record Addresses(
    String redis,
    Path redisPassword,
    String prefix,
    String postgres,
    String user,
    Path postgresPassword,
    String broker,
    Path certificates) {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** From {@link #arguments}. */
  static Addresses of(List<String> words) {
    return new Addresses(
        words.get(0),
        Path.of(words.get(1)),
        words.get(2),
        words.get(3),
        words.get(4),
        Path.of(words.get(5)),
        words.get(6),
        Path.of(words.get(7)));
  }

  /** As words of a command line; they name files with passwords, and hold none. */
  public List<String> arguments() {
    return List.of(
        redis,
        redisPassword.toString(),
        prefix,
        postgres,
        user,
        postgresPassword.toString(),
        broker,
        certificates.toString());
  }

  /** The same with every connection to the database marked as this one's. */
  public Addresses writing(String writer) {
    String marked = postgres + "?options=-c%20sightline.writer%3D" + writer;
    return new Addresses(
        redis, redisPassword, prefix, marked, user, postgresPassword, broker, certificates);
  }

  /** For the bus. */
  public RedisSettings bus() {
    return new RedisSettings(
        redis, "", redisPassword, prefix, TIMEOUT, RedisSettings.DEFAULT.queueCommands(), LEASE);
  }

  /** For history. */
  public PostgresSettings history() {
    return new PostgresSettings(postgres, user, postgresPassword, CONNECT, ANSWER);
  }

  /** For the bridge. */
  MqttSettings mqtt() {
    return new MqttSettings(
        broker,
        certificates.resolve("ca.crt"),
        certificates.resolve("bridge.crt"),
        certificates.resolve("bridge.key"),
        "",
        null);
  }
}
