package sightline.protocol;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads and writes what {@code /replay} has beside the messages of {@code /live}; stateless. */
public final class ReplayJson {
  private ReplayJson() {}

  /** Appends the clock. */
  public static void write(JsonOut out, ReplayClock clock) {
    out.open('{').name("type").string("replay").name("time").number(clock.time());
    out.name("from").number(clock.from()).name("to").number(clock.to());
    out.name("speed").decimal(clock.speed(), 2).name("playing").bool(clock.playing());
    out.name("ended").bool(clock.ended()).close('}');
  }

  /**
   * One command, strictly: an unknown type or field is refused.
   *
   * @throws RejectedPayload with what is wrong, to be told to the client
   */
  public static ReplayCommand parse(byte[] json) throws RejectedPayload {
    return JsonInput.read(json, in -> new Fields().read(in).command());
  }

  private static final class Fields {
    private @Nullable String type;
    private @Nullable Long time;
    private double speed = Double.NaN;

    Fields read(JsonInput in) throws IOException, RejectedPayload {
      in.expectObject("a message");
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        switch (field) {
          case "type" -> type = in.text(field, 64);
          case "time" -> time = in.time(field);
          case "speed" -> speed = in.required(field, 1, ReplayCommand.MAX_SPEED);
          default -> throw new RejectedPayload(RejectReason.OUT_OF_RANGE, "unknown field " + field);
        }
      }
      return this;
    }

    ReplayCommand command() throws RejectedPayload {
      String kind = type;
      return switch (kind == null ? "" : kind) {
        case "pause" -> new ReplayCommand.Pause();
        case "play" -> new ReplayCommand.Play();
        case "seek" -> seek();
        case "speed" -> speed();
        case "" -> throw JsonInput.missing("type");
        default ->
            throw new RejectedPayload(
                RejectReason.OUT_OF_RANGE, "type must be pause, play, seek or speed");
      };
    }

    private ReplayCommand seek() throws RejectedPayload {
      if (time == null) {
        throw JsonInput.missing("time");
      }
      return new ReplayCommand.Seek(time);
    }

    private ReplayCommand speed() throws RejectedPayload {
      if (Double.isNaN(speed)) {
        throw JsonInput.missing("speed");
      }
      return new ReplayCommand.Speed(speed);
    }
  }
}
