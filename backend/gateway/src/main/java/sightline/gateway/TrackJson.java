package sightline.gateway;

import org.jspecify.annotations.Nullable;
import sightline.protocol.Headings;
import sightline.protocol.JsonOut;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** A part of a track as the API's own JSON, with where the next part begins. */
final class TrackJson implements TrackText {
  private final String device;
  private final long recordedThrough;
  private final JsonOut json = new JsonOut(16 * 1024);
  private boolean any;

  TrackJson(String device, long recordedThrough) {
    this.device = device;
    this.recordedThrough = recordedThrough;
  }

  @Override
  public void begin() {
    json.open('{').name("device").string(device);
    json.name("recordedThrough").number(recordedThrough);
    json.name("items").open('[');
  }

  @Override
  public void add(Position position) {
    comma();
    any = true;
    json.open('{').name("timestamp").number(position.order().millis());
    json.name("received").number(position.received());
    json.name("lat").decimal(position.lat(), PLACES).name("lon").decimal(position.lon(), PLACES);
    optional("heading", Headings.rounded(position.heading()));
    optional("speed", position.speed());
    optional("accuracy", position.accuracy());
    optional("altitude", position.altitude());
    if (position.skewed()) {
      json.name("skewed").bool(true);
    }
    json.close('}');
  }

  /** Before the first value of a piece; further ones put their own. */
  private void comma() {
    if (any && json.size() == 0) {
      json.append(new byte[] {','}, 0, 1);
    }
  }

  private void optional(String name, double value) {
    if (!Double.isNaN(value)) {
      json.name(name).decimal(value, 2);
    }
  }

  @Override
  public void end(@Nullable Order cutAfter) {
    json.close(']').name("next");
    if (cutAfter == null) {
      json.nothing();
    } else {
      json.string(Cursors.text(cutAfter));
    }
    json.close('}');
  }

  @Override
  public byte[] take() {
    byte[] piece = json.toBytes();
    json.reset();
    return piece;
  }
}
