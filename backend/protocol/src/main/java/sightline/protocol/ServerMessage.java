package sightline.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a gateway tells a browser on {@code /live}. Immutable; {@link ServerJson} writes them. */
public sealed interface ServerMessage {
  /** The first one: protocol version, this gateway's name, its time (epoch ms). */
  record Welcome(int protocol, String server, long time) implements ServerMessage {}

  /** Replaces all that was known; {@code more} where further parts follow. */
  record Snapshot(List<DeviceView> devices, boolean more) implements ServerMessage {}

  /** Update number {@code n} of the connection: only what changed. */
  record Update(long n, List<Change> devices) implements ServerMessage {}

  /** A device and the bits (of {@link DeviceView}) of what changed. */
  record Change(DeviceView device, int fields) {}

  /** Just arrived, not yet recorded; after a snapshot, all that are. */
  record Pending(List<DeviceEvent> events) implements ServerMessage {}

  /** Recorded, in order, once. */
  record Events(List<DeviceEvent> events, String cursor) implements ServerMessage {}

  /** The store refused it. */
  record Unrecorded(EventKey key, String reason) implements ServerMessage {}

  /** A dispatcher acknowledged it. */
  record Acknowledged(LogEntry.Acknowledged entry, String cursor) implements ServerMessage {}

  /** Too far behind: read the HTTP API from one cursor to the other, then go on. */
  record Gap(String from, String to) implements ServerMessage {}

  /** Left the view, retired, or no longer permitted. */
  record Remove(List<String> devices) implements ServerMessage {}

  /** Replaces all counts that were known; {@code zoom} is the level of the cells. */
  record Cells(int zoom, List<CellCount> cells) implements ServerMessage {}

  /** How many units a cell has, how many of them are in alarm, and their mean place. */
  record CellCount(double lat, double lon, int count, int alarms) {}

  /** How fresh the picture is; {@code reason} is null where it is fresh. */
  record Health(boolean fresh, long since, @Nullable String reason) implements ServerMessage {}

  /** The server's time, epoch ms. */
  record Heartbeat(long time) implements ServerMessage {}

  /** Come back after so long; the connection is about to be closed. */
  record Reconnect(long afterMs, String reason) implements ServerMessage {}

  /** Something that the client sent was not understood. */
  record Problem(String code, String detail) implements ServerMessage {}
}
