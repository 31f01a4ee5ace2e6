package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms that a track is given in. Immutable. */
enum TrackFormat {
  JSON("json", "application/json"),
  GEOJSON("geojson", "application/geo+json"),
  GPX("gpx", "application/gpx+xml"),
  CSV("csv", "text/csv");

  /** What a stream takes while it is read: a page, its text, and what the socket holds. */
  private static final long STREAM_BYTES = 512 << 10;

  /** A feature is in memory as a whole. */
  private static final long GEOJSON_BYTES = 2 << 20;

  private final String name;
  private final String type;

  TrackFormat(String name, String type) {
    this.name = name;
    this.type = type;
  }

  /** By {@code format}, else by {@code Accept}; null where none of ours is acceptable. */
  static @Nullable TrackFormat wanted(Request request) throws BadRequest {
    String name = request.parameter("format");
    if (name != null) {
      for (TrackFormat format : values()) {
        if (format.name.equals(name)) {
          return format;
        }
      }
      throw new BadRequest("format must be json, geojson, gpx or csv");
    }
    String accept = request.header("Accept");
    return accept == null || accept.isBlank() ? JSON : byAccept(accept);
  }

  private static @Nullable TrackFormat byAccept(String accept) {
    record Choice(TrackFormat format, double weight) {}
    List<Choice> choices = new ArrayList<>();
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String media = range.split(";", 2)[0].strip();
      for (TrackFormat format : values()) {
        boolean any = media.equals("*/*") && format == JSON;
        boolean main = media.endsWith("/*") && format.type.startsWith(media.replace("*", ""));
        if (any || main || media.equals(format.type)) {
          choices.add(new Choice(format, weight(range)));
        }
      }
    }
    return choices.stream()
        .filter(choice -> choice.weight() > 0)
        .sorted(Comparator.comparingDouble(Choice::weight).reversed())
        .findFirst()
        .map(Choice::format)
        .orElse(null);
  }

  private static double weight(String range) {
    for (String parameter : range.split(";", -1)) {
      String text = parameter.strip();
      if (text.startsWith("q=")) {
        try {
          return Double.parseDouble(text.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }

  /** Writes a track in this form. */
  TrackText text(String device, long recordedThrough, long everyMillis) {
    return switch (this) {
      case JSON -> new TrackJson(device, recordedThrough);
      case GEOJSON -> new TrackGeoJson(device, recordedThrough);
      case GPX -> new TrackGpx(device, everyMillis);
      case CSV -> new TrackCsv();
    };
  }

  Answer answer(String device, long recordedThrough, TrackStream stream) {
    String full = this == CSV ? type + "; charset=utf-8" : type;
    Answer answer =
        new Answer(
                HttpResponseStatus.OK,
                Map.of("Content-Type", full),
                new Answer.Body.Stream(stream, this == GEOJSON ? GEOJSON_BYTES : STREAM_BYTES))
            .with("X-Recorded-Through", Long.toString(recordedThrough))
            .with("Vary", "Accept");
    return this == GPX || this == CSV
        ? answer.with("Content-Disposition", "attachment; filename=\"" + device + "." + name + "\"")
        : answer;
  }
}
