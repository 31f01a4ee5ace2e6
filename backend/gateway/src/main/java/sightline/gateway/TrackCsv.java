package sightline.gateway;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Headings;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** A track as CSV by RFC 4180, with a line of names. */
final class TrackCsv implements TrackText {
  private final StringBuilder csv = new StringBuilder(16 * 1024);

  @Override
  public void begin() {
    csv.append("time,timestamp,lat,lon,heading,speed,accuracy,altitude\r\n");
  }

  @Override
  public void add(Position position) {
    csv.append(Moments.text(position.order().millis())).append(',');
    csv.append(position.order().millis()).append(',');
    csv.append(TrackText.plain(position.lat(), PLACES)).append(',');
    csv.append(TrackText.plain(position.lon(), PLACES)).append(',');
    csv.append(TrackText.plain(Headings.rounded(position.heading()), 2)).append(',');
    csv.append(TrackText.plain(position.speed(), 2)).append(',');
    csv.append(TrackText.plain(position.accuracy(), 1)).append(',');
    csv.append(TrackText.plain(position.altitude(), 1)).append("\r\n");
  }

  @Override
  public void end(@Nullable Order cutAfter) {}

  @Override
  public byte[] take() {
    byte[] piece = csv.toString().getBytes(StandardCharsets.UTF_8);
    csv.setLength(0);
    return piece;
  }
}
