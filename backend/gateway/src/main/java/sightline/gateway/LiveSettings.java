package sightline.gateway;

import java.time.Duration;

/**
 * The settings of {@code /live}, validated. Immutable.
 *
 * @param heartbeat a browser hears something at least this often
 * @param flushRestMin at least this long from one frame for all to the next
 * @param flushRestMax at most this long, under load
 * @param sendBufferBytes the kernel's buffer a browser, SO_SNDBUF
 * @param writeLowBytes below this a browser that was left out is written to again
 * @param writeHighBytes above this a browser is left out, and what changes is kept as a set
 * @param ringEntries entries of the event log that are kept in memory
 * @param inboxEvents events and news of entries that may wait for the hub; more is read from
 *     history
 * @param notReadingTimeout a browser that stays over its bound for so long is closed
 * @param pingAfter a browser that sends nothing for so long is pinged
 * @param pongWithin and closed when it stays silent for so long after
 * @param drawnLag a browser that says what it has drawn, and is behind by more, is left out
 * @param beatTimeout a part that is silent for longer makes the picture stale
 * @param messagesPerSecond a browser's messages, on average
 * @param badMessages so many that are not understood close the connection
 * @param snapshotDevices devices in one frame of a snapshot
 * @param roomDevices devices that one subscription may name
 */
public record LiveSettings(
    Duration heartbeat,
    Duration flushRestMin,
    Duration flushRestMax,
    int sendBufferBytes,
    int writeLowBytes,
    int writeHighBytes,
    int ringEntries,
    int inboxEvents,
    Duration notReadingTimeout,
    Duration pingAfter,
    Duration pongWithin,
    Duration drawnLag,
    Duration beatTimeout,
    int messagesPerSecond,
    int badMessages,
    int snapshotDevices,
    int roomDevices) {

  /** For people at a screen. */
  public static final LiveSettings DEFAULT =
      new LiveSettings(
          Duration.ofMillis(700),
          Duration.ofNanos(300_000),
          Duration.ofMillis(1),
          64 * 1024,
          32 * 1024,
          64 * 1024,
          8_192,
          16_384,
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMillis(1_500),
          200,
          20,
          1_000,
          2_000);

  /** Checks ranges. */
  public LiveSettings {
    Check.range("heartbeat", heartbeat, Duration.ofMillis(50), Duration.ofMillis(900));
    Check.range("flush-rest-min", flushRestMin, Duration.ZERO, Duration.ofMillis(100));
    Check.range("flush-rest-max", flushRestMax, flushRestMin, Duration.ofMillis(500));
    Check.range("send-buffer-bytes", sendBufferBytes, 4_096, 16 << 20);
    Check.range("write-low-bytes", writeLowBytes, 1, 16 << 20);
    Check.range("write-high-bytes", writeHighBytes, writeLowBytes, 16 << 20);
    Check.range("ring-entries", ringEntries, 16, 1 << 20);
    Check.range("inbox-events", inboxEvents, 16, 1 << 20);
    Check.range(
        "not-reading-timeout", notReadingTimeout, Duration.ofMillis(100), Duration.ofHours(1));
    Check.range("ping-after", pingAfter, Duration.ofMillis(100), Duration.ofHours(1));
    Check.range("pong-within", pongWithin, Duration.ofMillis(100), Duration.ofHours(1));
    Check.range("drawn-lag", drawnLag, Duration.ofMillis(50), Duration.ofMinutes(1));
    Check.range("beat-timeout", beatTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    Check.range("messages-per-second", messagesPerSecond, 1, 100_000);
    Check.range("bad-messages", badMessages, 1, 1_000_000);
    Check.range("snapshot-devices", snapshotDevices, 1, 100_000);
    Check.range("room-devices", roomDevices, 1, 100_000);
  }
}
