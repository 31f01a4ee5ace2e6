package sightline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PayloadSamplesTest {
  private static final double NONE = Double.NaN;

  private static byte[] sample(String name) {
    return Samples.text("mqtt/" + name + ".json").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void acceptedLocationsAreReadAsTheContractSays() throws RejectedPayload {
    assertEquals(
        List.of(new Location(1767225600123L, 43.73, 7.42, 90, 13.9, 5, 60, 17)),
        LocationParser.parse(sample("ok-location-full")).locations());
    assertEquals(
        List.of(new Location(0, -90, 180, NONE, NONE, NONE, NONE, 0)),
        LocationParser.parse(sample("ok-location-minimal")).locations());
    assertEquals(
        List.of(new Location(1767225600123L, 43.73, 7.42, NONE, NONE, NONE, NONE, 0)),
        LocationParser.parse(sample("ok-location-nulls")).locations());
  }

  @Test
  void aBadLocationInABacklogIsLeftOutByItself() throws RejectedPayload {
    LocationParser.Parsed backlog = LocationParser.parse(sample("ok-location-backlog"));
    assertTrue(backlog.backlog());
    assertEquals(List.of(1L, 3L), backlog.locations().stream().map(Location::timestamp).toList());
    assertEquals(0, backlog.locations().get(1).heading(), "360 degrees is north");
    assertEquals(
        List.of(RejectReason.OUT_OF_RANGE, RejectReason.WRONG_TYPE, RejectReason.WRONG_TYPE),
        reasons(backlog.rejected()));
  }

  /** P7, P49. */
  @Test
  void aBacklogWithAnIdIsReadAsItsArrayAndNamesItsId() throws RejectedPayload {
    LocationParser.Parsed backlog = LocationParser.parse(sample("ok-location-batch"));
    assertTrue(backlog.backlog());
    assertEquals("b-17", backlog.batch());
    assertEquals(List.of(17L, 18L), backlog.locations().stream().map(Location::seq).toList());
    assertEquals(List.of(RejectReason.OUT_OF_RANGE), reasons(backlog.rejected()));
  }

  /** P49: what is refused as a whole is answered where its id can be read. */
  @Test
  void aRefusedBacklogsIdIsReadAsFarAsItGoes() throws RejectedPayload {
    assertEquals("b-17", BacklogParser.idOf(sample("ok-location-batch")));
    assertEquals("b-9", BacklogParser.idOf(bytes("{\"id\":\"b-9\",\"locations\":[{\"lat\"")));
    assertEquals("b-9", BacklogParser.idOf(bytes("{\"id\":\"b-9\",\"locations\":5}")));
    assertEquals(null, BacklogParser.idOf(bytes("{\"id\":\"b-9\",\"lat\":95}")));
    assertEquals(null, BacklogParser.idOf(bytes("{\"id\":\"ü\",\"locations\":[]}")));
    assertEquals(
        null,
        LocationParser.parse(bytes("{\"timestamp\":1,\"lat\":1,\"lon\":1,\"x\":[\"locations\"]}"))
            .batch());
  }

  private static List<RejectReason> reasons(List<RejectedPayload> refused) {
    return refused.stream().map(RejectedPayload::reason).toList();
  }

  private static List<String> fields(List<RejectedPayload> refused) {
    return refused.stream()
        .map(why -> String.valueOf(why.field()) + " " + why.reason().wireName())
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aStatusHasOnlyTheFieldsThatItHas() throws RejectedPayload {
    assertEquals(
        new Status(false, 1767225600123L, null, null, null, null, null, null),
        StatusParser.parse(sample("ok-status-will")).status());
    assertEquals(
        new Status(true, 1767225600123L, 81, 64, "b2", "vehicle", "Unit 12", "4.2"),
        StatusParser.parse(sample("ok-status-full")).status());
  }

  @Test
  void anEventKeepsUnknownFieldsInItsData() {
    assertEquals(
        new EventParser.Parsed.Accepted(
            new DeviceEvent(
                "dev-1",
                "8f3c",
                1767225600123L,
                9,
                "alert",
                "critical",
                "Panic button",
                43.73,
                7.42,
                "{\"a\":1.50,\"zone\":\"n\"}"),
            List.of()),
        EventParser.parse("dev-1", sample("ok-event-full"), 9));
  }

  @Test
  void anEventWithoutAnIdHasTheSameOneInEachRedelivery() {
    byte[] payload = sample("ok-event-no-id");
    String id = EventParser.parse("dev-1", payload, 1).id();
    assertEquals(id, EventParser.parse("dev-1", payload, 2).id());
    assertTrue(id.matches("h-[0-9a-f]{32}"), id);
    assertTrue(!id.equals(EventParser.parse("dev-2", payload, 1).id()), "another device's differs");
    String unreadable = "{\"id\":\"a/b\",\"timestamp\":1,\"type\":\"x\"}";
    assertTrue(
        EventParser.parse("d", unreadable.getBytes(StandardCharsets.UTF_8), 1)
            .id()
            .startsWith("h-"));
  }

  @Test
  void halfACharacterDoesNotLoseAnEvent() {
    String cut = "{\"timestamp\":1,\"type\":\"x\",\"message\":\"a\\ud83d b\",\"n\":\"\\udc00\"}";
    DeviceEvent event =
        assertInstanceOf(
                EventParser.Parsed.Accepted.class,
                EventParser.parse("d", cut.getBytes(StandardCharsets.UTF_8), 1))
            .event();
    assertEquals("a\ufffd b", event.message());
    assertEquals("{\"n\":\"?\"}", event.data());
  }

  @Test
  void aRejectedEventIsAnsweredByItsOwnIdWhereThatCanBeRead() {
    EventParser.Parsed.Rejected rejected =
        assertInstanceOf(
            EventParser.Parsed.Rejected.class,
            EventParser.parse("dev-1", sample("bad-missing-field-event-type"), 1));
    assertEquals("e1", rejected.id());
    assertEquals(RejectReason.MISSING_FIELD, rejected.why().reason());
  }

  @Test
  void everyBadSampleIsRefusedForItsReason() throws Exception {
    List<Path> bad = Samples.in("mqtt", "bad-");
    assertTrue(bad.size() >= 14, "samples found");
    for (Path file : bad) {
      String name = file.getFileName().toString().substring("bad-".length());
      byte[] payload = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
      RejectReason expected =
          Arrays.stream(RejectReason.values())
              .filter(reason -> name.startsWith(reason.wireName() + "-"))
              .findFirst()
              .orElseThrow();
      assertEquals(expected, refusal(name, payload), name);
    }
  }

  private static RejectReason refusal(String name, byte[] payload) {
    if (name.contains("-event-")) {
      return assertInstanceOf(
              EventParser.Parsed.Rejected.class, EventParser.parse("dev-1", payload, 1), name)
          .why()
          .reason();
    }
    Executable parse =
        name.contains("-status-")
            ? () -> StatusParser.parse(payload)
            : () -> LocationParser.parse(payload);
    return assertThrows(RejectedPayload.class, parse, name).reason();
  }

  /** P3. */
  @Test
  void numbersAsTextsAndTimesWithAZoneAreTaken() throws RejectedPayload {
    LocationParser.Parsed texts = LocationParser.parse(sample("ok-location-texts"));
    assertEquals(
        List.of(new Location(1767225600123L, 43.73, 7.42, 90, 13.9, NONE, 60, 17)),
        texts.locations());
    assertEquals(List.of("accuracy wrong-type"), fields(texts.flaws()));
    assertEquals(
        List.of(new Location(1767225600123L, 43.73, 7.42, NONE, NONE, NONE, NONE, 17)),
        LocationParser.parse(sample("ok-location-fraction")).locations());
    for (String zone : List.of("Z", "z", "+00:00", "+0000", "+00", "-00:00")) {
      String time = "{\"timestamp\":\"2026-01-01T00:00:00" + zone + "\",\"lat\":1,\"lon\":1}";
      assertEquals(
          1767225600000L,
          LocationParser.parse(bytes(time)).locations().getFirst().timestamp(),
          zone);
    }
  }

  /** P4, P14: what is not known, or bad, costs neither {@code online} nor a position. */
  @Test
  void aBadOptionalFieldIsAbsentAndNotedAndCostsNothingElse() throws RejectedPayload {
    StatusParser.Parsed status = StatusParser.parse(sample("ok-status-bad-fields"));
    assertEquals(new Status(true, -1, null, 64, null, null, null, "4.2"), status.status());
    assertEquals(
        List.of("timestamp out-of-range", "battery out-of-range", "kind wrong-type"),
        fields(status.flaws()));
    LocationParser.Parsed nested =
        LocationParser.parse(
            bytes(
                "{\"speed\":{\"v\":[1]},\"heading\":[9],\"seq\":-1,\"timestamp\":1,"
                    + "\"lat\":1,\"lon\":2,\"altitude\":9e99}"));
    assertEquals(List.of(new Location(1, 1, 2, NONE, NONE, NONE, NONE, 0)), nested.locations());
    assertEquals(
        List.of(
            "speed wrong-type", "heading wrong-type", "seq out-of-range", "altitude out-of-range"),
        fields(nested.flaws()));
  }

  /** P14. */
  @Test
  void aStatusNeedsNoTime() throws RejectedPayload {
    assertEquals(
        new Status(false, -1, null, null, null, null, null, null),
        StatusParser.parse(sample("ok-status-no-time")).status());
  }

  /** P6, P8. */
  @Test
  void aSeverityCountsInAnyCaseAndABadFieldOfAnEventIsKeptInItsData() {
    EventParser.Parsed.Accepted event =
        assertInstanceOf(
            EventParser.Parsed.Accepted.class,
            EventParser.parse("dev-1", sample("ok-event-capitals"), 9));
    assertTrue(event.event().critical());
    assertEquals(43.73, event.event().lat());
    assertEquals("{\"message\":{\"text\":\"Man down\"}}", event.event().data());
    assertEquals(List.of("message wrong-type"), fields(event.flaws()));
  }

  /** P3: the hint is what a person reads in the log and at the unit. */
  @Test
  void aTimeInSecondsIsRefusedWithAHint() {
    RejectedPayload why =
        assertThrows(
            RejectedPayload.class,
            () -> LocationParser.parse(sample("bad-out-of-range-location-seconds")));
    assertEquals("timestamp", why.field());
    assertEquals("timestamp is in seconds; send milliseconds", why.detail());
  }

  /** P2. */
  @Test
  void whatIsNotUtf8IsRefused() {
    String text = "{\"timestamp\":1,\"lat\":1,\"lon\":1,\"x\":\"\u00fc\"}";
    for (Charset other :
        List.of(
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            Charset.forName("UTF-32"),
            StandardCharsets.ISO_8859_1)) {
      RejectedPayload why =
          assertThrows(
              RejectedPayload.class,
              () -> LocationParser.parse(text.getBytes(other)),
              other.name());
      assertEquals(RejectReason.MALFORMED, why.reason());
      assertTrue(why.detail().contains("UTF-8"), why.detail());
    }
  }

  /** {@code devices.null-island}. */
  @Test
  void zeroZeroIsRefusedUnlessTheOwnerAcceptsIt() throws RejectedPayload {
    byte[] zero = sample("bad-null-island-location");
    assertEquals(1, LocationParser.parse(zero, NullIsland.ACCEPT).locations().size());
    byte[] event = bytes("{\"timestamp\":1,\"type\":\"alert\",\"lat\":0,\"lon\":0}");
    EventParser.Parsed.Accepted kept =
        assertInstanceOf(EventParser.Parsed.Accepted.class, EventParser.parse("d", event, 1));
    assertTrue(Double.isNaN(kept.event().lat()) && Double.isNaN(kept.event().lon()));
    assertEquals(List.of("lat null-island"), fields(kept.flaws()));
  }

  /** P2, P17: up to the broker's own limit there is an answer, by the event's own id. */
  @Test
  void anEventThatIsTooLargeIsAnsweredByItsIdWhereverThatStands() {
    for (String large :
        List.of(
            "{\"id\":\"e9\",\"message\":\"" + "x".repeat(200_000) + "\"}",
            "{\"message\":\"" + "x".repeat(200_000) + "\",\"id\":\"e9\"}",
            "{\"id\":\"e9\",\"data\":[" + "1,".repeat(100_000))) {
      EventParser.Parsed.Rejected rejected =
          assertInstanceOf(
              EventParser.Parsed.Rejected.class, EventParser.parse("d", bytes(large), 1));
      assertEquals("e9", rejected.id());
      assertEquals(RejectReason.TOO_LARGE, rejected.why().reason());
    }
  }

  @Test
  void aNumberOfAnySizeInAnEventsDataIsKeptAsItIsWritten() {
    String data =
        "{\"n\":1E67225600123,\"m\":[1.50,{\"k\":-0.0}],\"s\":\"x\",\"b\":true,\"z\":null}";
    byte[] event = bytes("{\"timestamp\":1,\"type\":\"alert\",\"data\":" + data + "}");
    assertEquals(
        data,
        assertInstanceOf(EventParser.Parsed.Accepted.class, EventParser.parse("d", event, 1))
            .event()
            .data());
  }

  @Test
  void noCutOrFlippedPayloadEscapesAsAnotherException() {
    List<byte[]> seeds =
        Stream.of(
                "ok-location-full",
                "ok-location-backlog",
                "ok-location-batch",
                "ok-location-texts",
                "ok-status-bad-fields",
                "ok-event-capitals",
                "ok-status-full",
                "ok-event-full")
            .map(PayloadSamplesTest::sample)
            .toList();
    java.util.Random random = new java.util.Random(42);
    for (int round = 0; round < 20_000; round++) {
      byte[] payload = seeds.get(random.nextInt(seeds.size())).clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = Arrays.copyOf(payload, random.nextInt(payload.length + 1));
      refusedOrRead(() -> LocationParser.parse(cut));
      refusedOrRead(() -> BacklogParser.idOf(cut));
      refusedOrRead(() -> StatusParser.parse(cut));
      EventParser.parse("dev-1", cut, 1);
    }
  }

  private static void refusedOrRead(Executable parse) {
    try {
      parse.execute();
    } catch (RejectedPayload expected) {
      assertTrue(expected.getMessage() != null);
    } catch (Throwable other) {
      throw new AssertionError("only RejectedPayload may come out", other);
    }
  }
}
