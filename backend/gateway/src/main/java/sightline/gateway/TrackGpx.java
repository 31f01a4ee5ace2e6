package sightline.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Order;
import sightline.protocol.Position;

/**
 * A track as GPX 1.1 (topografix.com/GPX/1/1): a new segment where it crosses the antimeridian, and
 * after a silence, so that no line is drawn where nobody knows the way.
 */
final class TrackGpx implements TrackText {
  private static final long SILENCE_MILLIS = Duration.ofMinutes(10).toMillis();

  private final String device;
  private final long silenceMillis;
  private final StringBuilder xml = new StringBuilder(16 * 1024);
  private @Nullable Position last;

  /**
   * Empty.
   *
   * @param everyMillis how the track is thinned
   */
  TrackGpx(String device, long everyMillis) {
    this.device = device;
    silenceMillis = Math.max(SILENCE_MILLIS, 3 * everyMillis);
  }

  @Override
  public void begin() {
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<gpx version=\"1.1\" creator=\"Sightline\"")
        .append(" xmlns=\"http://www.topografix.com/GPX/1/1\">\n<trk><name>")
        .append(device)
        .append("</name><trkseg>\n");
  }

  @Override
  public void add(Position position) {
    Position before = last;
    if (before != null && apart(before, position)) {
      xml.append("</trkseg><trkseg>\n");
    }
    last = position;
    xml.append("<trkpt lat=\"").append(TrackText.plain(position.lat(), PLACES));
    xml.append("\" lon=\"").append(TrackText.plainLongitude(position.lon())).append("\">");
    if (!Double.isNaN(position.altitude())) {
      xml.append("<ele>").append(TrackText.plain(position.altitude(), 1)).append("</ele>");
    }
    xml.append("<time>").append(Moments.text(position.order().millis()));
    xml.append("</time></trkpt>\n");
  }

  private boolean apart(Position before, Position position) {
    long silent = position.order().millis() - before.order().millis();
    return silent > silenceMillis || Math.abs(position.lon() - before.lon()) > 180;
  }

  @Override
  public void end(@Nullable Order cutAfter) {
    xml.append("</trkseg></trk></gpx>\n");
  }

  @Override
  public byte[] take() {
    byte[] piece = xml.toString().getBytes(StandardCharsets.UTF_8);
    xml.setLength(0);
    return piece;
  }
}
