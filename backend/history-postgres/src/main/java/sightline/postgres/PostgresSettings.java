package sightline.postgres;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where history's database is. Immutable.
 *
 * @param url {@code jdbc:postgresql://host:port/database}; parameters such as {@code sslmode} go
 *     behind it
 * @param user the database's owner
 * @param passwordFile its first line is that user's password; none where none is asked for
 * @param connectWithin how long a call waits for a connection before history counts as away
 * @param answerWithin how long the database may be silent in a call
 */
public record PostgresSettings(
    String url,
    String user,
    @Nullable Path passwordFile,
    Duration connectWithin,
    Duration answerWithin) {
  /** A database of this machine. */
  public static final PostgresSettings DEFAULT =
      new PostgresSettings(
          "jdbc:postgresql://127.0.0.1:5432/sightline",
          "sightline",
          null,
          Duration.ofSeconds(2),
          Duration.ofSeconds(20));

  /** Checks each. */
  public PostgresSettings {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "url must begin with jdbc:postgresql:, as jdbc:postgresql://127.0.0.1:5432/sightline");
    }
    within("connect-within", connectWithin, Duration.ofMillis(250), Duration.ofMinutes(1));
    within("answer-within", answerWithin, Duration.ofSeconds(1), Duration.ofMinutes(10));
  }

  private static void within(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + ", not " + value);
    }
  }
}
