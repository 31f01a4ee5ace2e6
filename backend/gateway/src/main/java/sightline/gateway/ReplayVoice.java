package sightline.gateway;

import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import sightline.protocol.LogEntry;
import sightline.protocol.ReplayClock;
import sightline.protocol.ReplayJson;
import sightline.protocol.ServerMessage;
import sightline.time.RoleClock;

/**
 * Writes what a replay tells. Owned by the replay's thread, but for {@link #beat}, which is the
 * event loop's: the thread may be waiting for history, and a proxy takes silence for the end.
 */
final class ReplayVoice {
  private static final long CLOCK_NANOS = 500_000_000;

  private final ChannelHandlerContext out;
  private final Frames frames;
  private final RoleClock clock;
  private final Liveness liveness;
  private long toldNanos;
  private volatile ReplayClock shown;
  private volatile long wroteNanos;

  /**
   * Nothing is told yet.
   *
   * @param first the moment that is said until another is
   */
  ReplayVoice(ChannelHandlerContext out, RoleClock clock, Liveness liveness, ReplayClock first) {
    this.out = out;
    this.frames = new Frames(out.channel().alloc());
    this.clock = clock;
    this.liveness = liveness;
    this.shown = first;
    this.wroteNanos = clock.nanos();
  }

  /** The event loop's: says the moment again where nothing was told for a while. */
  void beat(Frames beats) {
    if (clock.nanos() - wroteNanos >= CLOCK_NANOS && out.channel().isWritable()) {
      ReplayJson.write(beats.json(), shown);
      var _ = out.writeAndFlush(beats.frame(), out.channel().voidPromise());
    }
  }

  /** Whether the moment was not told for a while. */
  boolean clockIsDue() {
    return clock.nanos() - toldNanos >= CLOCK_NANOS;
  }

  void tell(ServerMessage message) {
    var _ = out.writeAndFlush(frames.frame(message), out.channel().voidPromise());
    wrote();
  }

  void tell(ReplayClock moment) {
    shown = moment;
    ReplayJson.write(frames.json(), moment);
    var _ = out.writeAndFlush(frames.frame(), out.channel().voidPromise());
    wrote();
    toldNanos = wroteNanos;
  }

  void tell(LogEntry entry) {
    String cursor = Cursors.text(entry.seq());
    switch (entry) {
      case LogEntry.Recorded recorded ->
          tell(new ServerMessage.Events(List.of(recorded.event()), cursor));
      case LogEntry.Acknowledged acknowledged ->
          tell(new ServerMessage.Acknowledged(acknowledged, cursor));
    }
  }

  private void wrote() {
    wroteNanos = clock.nanos();
    liveness.wrote(wroteNanos);
  }
}
