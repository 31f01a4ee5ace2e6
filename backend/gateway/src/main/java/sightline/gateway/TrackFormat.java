package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sightline.gateway.TrackApi.Track;
import sightline.protocol.JsonOut;
import sightline.protocol.Position;

/** The forms that a track is given in. Immutable. */
enum TrackFormat {
  JSON("json", "application/json"),
  GEOJSON("geojson", "application/geo+json"),
  GPX("gpx", "application/gpx+xml"),
  CSV("csv", "text/csv");

  private static final int PLACES = 7;

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

  Answer answer(Track track) {
    byte[] body =
        switch (this) {
          case JSON -> json(track);
          case GEOJSON -> geoJson(track);
          case GPX -> gpx(track);
          case CSV -> csv(track);
        };
    Answer answer =
        Answer.bytes(HttpResponseStatus.OK, this == CSV ? type + "; charset=utf-8" : type, body)
            .with("X-Recorded-Through", Long.toString(track.recordedThrough()))
            .with("Vary", "Accept");
    if (this == GPX || this == CSV) {
      answer =
          answer.with(
              "Content-Disposition",
              "attachment; filename=\"" + track.device() + "." + name + "\"");
    }
    return answer;
  }

  private static byte[] json(Track track) {
    JsonOut json = new JsonOut(16 * 1024);
    json.open('{').name("device").string(track.device());
    json.name("recordedThrough").number(track.recordedThrough());
    json.name("items").open('[');
    for (Position position : track.positions()) {
      json.open('{').name("timestamp").number(position.order().millis());
      json.name("received").number(position.received());
      json.name("lat").decimal(position.lat(), PLACES).name("lon").decimal(position.lon(), PLACES);
      optional(json, "heading", position.heading());
      optional(json, "speed", position.speed());
      optional(json, "accuracy", position.accuracy());
      optional(json, "altitude", position.altitude());
      if (position.skewed()) {
        json.name("skewed").bool(true);
      }
      json.close('}');
    }
    json.close(']').name("next");
    if (track.next() == null) {
      json.nothing();
    } else {
      json.string(Long.toString(track.next()));
    }
    return json.close('}').toBytes();
  }

  private static byte[] geoJson(Track track) {
    JsonOut json = new JsonOut(16 * 1024);
    json.open('{').name("type").string("Feature");
    json.name("geometry").open('{').name("type").string("LineString").name("coordinates").open('[');
    for (Position position : track.positions()) {
      json.open('[').decimal(position.lon(), PLACES).decimal(position.lat(), PLACES);
      if (!Double.isNaN(position.altitude())) {
        json.decimal(position.altitude(), 1);
      }
      json.close(']');
    }
    json.close(']').close('}');
    json.name("properties").open('{').name("device").string(track.device());
    json.name("recordedThrough").number(track.recordedThrough());
    json.name("times").open('[');
    track.positions().forEach(position -> json.number(position.order().millis()));
    return json.close(']').close('}').close('}').toBytes();
  }

  private static byte[] gpx(Track track) {
    StringBuilder xml = new StringBuilder(16 * 1024);
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<gpx version=\"1.1\" creator=\"Sightline\"")
        .append(" xmlns=\"http://www.topografix.com/GPX/1/1\">\n<trk><name>")
        .append(track.device())
        .append("</name><trkseg>\n");
    for (Position position : track.positions()) {
      xml.append("<trkpt lat=\"").append(plain(position.lat(), PLACES));
      xml.append("\" lon=\"").append(plain(position.lon(), PLACES)).append("\">");
      if (!Double.isNaN(position.altitude())) {
        xml.append("<ele>").append(plain(position.altitude(), 1)).append("</ele>");
      }
      xml.append("<time>").append(Instant.ofEpochMilli(position.order().millis()));
      xml.append("</time></trkpt>\n");
    }
    return utf8(xml.append("</trkseg></trk></gpx>\n"));
  }

  private static byte[] csv(Track track) {
    StringBuilder csv = new StringBuilder(16 * 1024);
    csv.append("time,timestamp,lat,lon,heading,speed,accuracy,altitude\r\n");
    for (Position position : track.positions()) {
      csv.append(Instant.ofEpochMilli(position.order().millis())).append(',');
      csv.append(position.order().millis()).append(',');
      csv.append(plain(position.lat(), PLACES)).append(',');
      csv.append(plain(position.lon(), PLACES)).append(',');
      csv.append(plain(position.heading(), 2)).append(',');
      csv.append(plain(position.speed(), 2)).append(',');
      csv.append(plain(position.accuracy(), 1)).append(',');
      csv.append(plain(position.altitude(), 1)).append("\r\n");
    }
    return utf8(csv);
  }

  private static void optional(JsonOut json, String name, double value) {
    if (!Double.isNaN(value)) {
      json.name(name).decimal(value, 2);
    }
  }

  /** The number as JSON writes it; nothing where it is absent. */
  private static String plain(double value, int places) {
    return Double.isNaN(value) ? "" : new JsonOut(24).decimal(value, places).text();
  }

  private static byte[] utf8(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
