package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole runs against the floor, also with devices that make it break its promises. */
@Tag("slow")
class RunTest {
  private static final Load LOAD =
      Load.wholeFleet(30, 10, 20, Protocol.json, Duration.ofMillis(300), Duration.ofSeconds(2));

  @Test
  void theFloorSatisfiesEveryPair() throws TimeoutException {
    Outcome outcome = measure(new FloorWire(LOAD.devices()));
    assertTrue(outcome.faults().none(), outcome.faults().toString());
    assertEquals(1.0, outcome.satisfied());
    assertTrue(outcome.audited() > 1_000, "decoded " + outcome.audited());
    assertTrue(outcome.lag().getTotalCount() >= 299, "sent " + outcome.lag().getTotalCount());
  }

  @Test
  void aSampleSpeaksForAllBrowsers() throws TimeoutException {
    Load sampled =
        new Load(30, 10, 20, Protocol.json, View.all, 4, LOAD.warmup(), Duration.ofSeconds(2));
    Outcome outcome = measure(new FloorWire(LOAD.devices()), sampled);
    assertTrue(outcome.faults().none(), outcome.faults().toString());
    assertEquals(1.0, outcome.satisfied());
    assertEquals(4 * 30 * 10, (double) outcome.latency().getTotalCount(), 30);
    assertEquals(20 * 30 * 10, outcome.deliveredPerSecond(), 600);
    assertTrue(outcome.traffic().leastShare() > 0.95, outcome.traffic().toString());
  }

  @Test
  void aRunWhosePositionsGoBackwardsFails() throws TimeoutException {
    Outcome outcome =
        measure(
            (wire, out, device, sequence, timestamp) -> {
              wire.publish(out, device, sequence, timestamp);
              if (device == 0 && sequence == 10) {
                wire.publish(out, device, 9, timestamp - 100);
              }
            });
    assertEquals(
        LOAD.browsers() + " × a position older than the one held", outcome.faults().toString());
  }

  @Test
  void aRunWithAnotherPositionThanTheOneSentFails() throws TimeoutException {
    Outcome outcome =
        measure(
            (wire, out, device, sequence, timestamp) ->
                wire.publish(
                    out, device, device == 0 && sequence == 10 ? 11 : sequence, timestamp));
    assertEquals(
        "3 × a browser holds a position other than the one sent", outcome.faults().toString());
  }

  @Test
  void aRunWithAPositionThatNobodySentFails() throws TimeoutException {
    Outcome outcome =
        measure(
            (wire, out, device, sequence, timestamp) ->
                wire.publish(
                    out, device, sequence, timestamp + (device == 0 && sequence == 10 ? 1 : 0)));
    assertEquals(LOAD.browsers() + " × a position that nobody sent", outcome.faults().toString());
  }

  @Test
  void aLostPositionIsAnsweredByTheNextAnIntervalLater() throws TimeoutException {
    Outcome outcome =
        measure(
            (wire, out, device, sequence, timestamp) -> {
              if (device != 0 || sequence != 10) {
                wire.publish(out, device, sequence, timestamp);
              }
            });
    assertTrue(outcome.faults().none(), outcome.faults().toString());
    assertEquals(1.0, outcome.satisfied());
    assertTrue(outcome.latency().getMaxValue() >= 100_000_000, "max " + outcome.millis(100));
  }

  @Test
  void aSilencedDeviceLeavesItsPairsUnsatisfied() throws TimeoutException {
    Outcome outcome =
        measure(
            (wire, out, device, sequence, timestamp) -> {
              if (device >= 3) {
                wire.publish(out, device, sequence, timestamp);
              }
            });
    assertEquals(0.9, outcome.satisfied(), 0.001);
  }

  @Test
  void thoseWhoStopReadingGetAllTheyAreOwedWhenTheyReadAgain() throws TimeoutException {
    try (FloorServer floor = new FloorServer()) {
      Target target = target(floor, new FloorWire(LOAD.devices()));
      Run run = new Run(target, LOAD, silent());
      Stalled.Seen seen =
          run.with(new Stalled(target, LOAD, 4, 1, Duration.ofSeconds(1), run.faults(), silent()));
      assertTrue(run.faults().none(), run.faults().toString());
      Stalled.Round round = seen.rounds().getFirst();
      assertEquals(
          List.of(1.0, 1.0, 1.0),
          List.of(round.all().satisfied(), round.others().satisfied(), round.again().satisfied()));
      // A second of each window counts: 30 devices × 10/s, to all 20 browsers, 16 and 4.
      assertEquals(20 * 300, (double) round.all().latency().getTotalCount(), 20 * 30);
      assertEquals(16 * 300, (double) round.others().latency().getTotalCount(), 16 * 30);
      assertEquals(4 * 300, (double) round.again().latency().getTotalCount(), 4 * 30);
      assertTrue(seen.p99Ratio() > 0, "ratio " + seen.p99Ratio());
    }
  }

  private interface Tampering {
    void publish(Wire wire, ByteBuf out, int device, int sequence, long timestamp);
  }

  private static Outcome measure(Tampering tampering) throws TimeoutException {
    Wire honest = new FloorWire(LOAD.devices());
    return measure(
        new Wire() {
          @Override
          public void start(Channel channel, int device, Runnable ready) {
            honest.start(channel, device, ready);
          }

          @Override
          public void publish(ByteBuf out, int device, int sequence, long timestamp) {
            tampering.publish(honest, out, device, sequence, timestamp);
          }
        });
  }

  private static Outcome measure(Wire wire) throws TimeoutException {
    return measure(wire, LOAD);
  }

  private static Outcome measure(Wire wire, Load load) throws TimeoutException {
    try (FloorServer floor = new FloorServer()) {
      return new Run(target(floor, wire), load, silent()).measure();
    }
  }

  private static Target target(FloorServer floor, Wire wire) {
    return new Spoken(floor.devices(), floor.browsers(), wire);
  }

  private static Progress silent() {
    return new Progress(new PrintStream(OutputStream.nullOutputStream()), false);
  }

  private record Spoken(InetSocketAddress devices, InetSocketAddress live, Wire wire)
      implements Target {
    @Override
    public String name() {
      return "floor";
    }

    @Override
    public String livePath() {
      return "/live";
    }

    @Override
    public List<Long> pids() {
      return List.of();
    }

    @Override
    public Wire wire(int count) {
      return wire;
    }
  }
}
