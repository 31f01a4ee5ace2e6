package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.time.RoleClock;

/**
 * G1 at one browser, with the test as its hub: whatever order frames for all and answers to its own
 * question come in, it is told each entry once and in order. A frame of entries is their numbers.
 */
final class LiveSessionTest {
  @TempDir Path directory;
  private final GatewayMetrics metrics = new GatewayMetrics(new SimpleMeterRegistry());
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new ChannelInboundHandlerAdapter() {});
  private final View view = new View(ViewKey.all(Permission.LOCAL), new Numbers(), /* loops= */ 1);
  private Rig silent;
  private LoopFanout loop;
  private LiveSession session;

  @BeforeEach
  void subscribeAfterTen() {
    silent = new Rig(directory);
    loop =
        new LoopFanout(
            0,
            channel.eventLoop(),
            ByteBufAllocator.DEFAULT,
            LiveSettings.DEFAULT,
            metrics,
            RoleClock.system());
    session =
        new LiveSession(
            channel.pipeline().firstContext(),
            loop,
            silent.gateway.hub(),
            Wire.JSON,
            Login.OPEN,
            "local");
    session.begin();
    attach(10, 13);
  }

  @AfterEach
  void close() {
    session.end();
    channel.finishAndReleaseAll();
    silent.close();
  }

  /** A subscription that stands at one entry where the hub knows a newer one, so that it asks. */
  private void attach(long at, long newest) {
    Place place = new Place(view, null, List.of(), null);
    session.post(
        new Attachment(place, new BitSet(), 1, List.of(), true, at, false, 0, Handles.NONE),
        newest);
    channel.runPendingTasks();
  }

  private static ByteBuf frame(long first, long last) {
    return Unpooled.copiedBuffer(
        LongStream.rangeClosed(first, last)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(" ")),
        StandardCharsets.US_ASCII);
  }

  /** What a turn of the hub brings to everybody. */
  private void toldToAll(long first, long last) {
    var delivery =
        new Broadcast.Delivery(
            view, null, null, Handles.NONE, null, frame(first, last), first, last, 1);
    loop.post(new Broadcast(0, last, List.of(delivery), List.of(), 0), silent.gateway.hub());
    channel.runPendingTasks();
  }

  private void answered(long first, long last) {
    answered(1, first, last);
  }

  private void answered(int generation, long first, long last) {
    session.post(
        new CatchUp.Answer(
            generation, 0, null, null, null, null, frame(first, last), first - 1, last, 1));
    channel.runPendingTasks();
  }

  private List<String> told() {
    List<String> told = new ArrayList<>();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      told.add(out.toString(StandardCharsets.US_ASCII));
      out.release();
    }
    return told;
  }

  @Test
  void g1AnAnswerTellsWhatWasAskedFor() {
    answered(11, 13);
    assertEquals(List.of("11 12 13"), told());
  }

  @Test
  void g1AnAnswerThatAFrameForAllHasOvertakenIsNotToldAgain() {
    toldToAll(11, 13);
    answered(11, 15);
    assertEquals(List.of("11 12 13"), told());
  }

  @Test
  void g1WhatAnOvertakenAnswerHadBeyondTheFrameComesWithTheNext() {
    toldToAll(11, 13);
    answered(11, 15);
    toldToAll(16, 16);
    session.tick(Unpooled.EMPTY_BUFFER);
    answered(14, 16);
    assertEquals(List.of("11 12 13", "14 15 16"), told());
  }

  @Test
  void g1AFrameForAllFromBeyondItsPlaceWaitsForTheAnswer() {
    toldToAll(14, 14);
    answered(11, 14);
    toldToAll(15, 15);
    assertEquals(List.of("11 12 13 14", "15"), told());
  }

  @Test
  void anAnswerToAnEarlierSubscriptionIsDropped() {
    answered(0, 11, 13);
    assertEquals(List.of(), told());
  }

  @Test
  @SuppressWarnings("NullAway")
  void g5AFailureAtOneBrowserEndsThatBrowserAndTheHubIsTold() {
    ByteBuf frame = frame(14, 14);
    var broken = new Broadcast.Delivery(view, null, null, null, null, frame, 14, 14, 1);
    loop.post(new Broadcast(0, 14, List.of(broken), List.of(), 0), silent.gateway.hub());
    channel.runPendingTasks();
    assertTrue(session.closing());
    channel.finishAndReleaseAll();
    assertEquals(0, frame.refCnt(), "the hub waits for this loop still");
  }
}
