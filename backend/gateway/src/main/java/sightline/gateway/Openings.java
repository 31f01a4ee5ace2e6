package sightline.gateway;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sightline.protocol.ServerMessage;

/**
 * What the newcomers of one instant are told first: encoded once for all who see the same. Owned by
 * the hub's thread; closed when they have it.
 */
final class Openings implements AutoCloseable {
  private final Places places;
  private final Encoder encoder;
  private final EventFeed feed;
  private final ByteBuf health;
  private final Map<Sight, List<ByteBuf>> pictures = new HashMap<>();
  private final Map<View, ByteBuf> pending = new HashMap<>();

  /** What makes two snapshots the same. */
  private record Sight(View view, @Nullable Area area, Wire wire) {}

  Openings(Places places, Encoder encoder, EventFeed feed, HealthWatch health) {
    this.places = places;
    this.encoder = encoder;
    this.feed = feed;
    this.health = encoder.message(health.now());
  }

  /** The frames that a browser gets first; the list is the caller's, with a reference to each. */
  List<ByteBuf> frames(Seat seat) {
    Place place = seat.place;
    Wire wire = seat.session.wire();
    List<ByteBuf> frames = new ArrayList<>();
    pictures
        .computeIfAbsent(new Sight(place.view(), place.area(), wire), sight -> picture(place, wire))
        .forEach(frame -> frames.add(frame.retainedDuplicate()));
    if (seat.events) {
      ByteBuf held = pending.get(place.view());
      if (held == null) {
        held = encoder.pending(place.view(), feed.pending());
      }
      if (held != null) {
        pending.put(place.view(), held);
        frames.add(held.retainedDuplicate());
      }
    }
    frames.add(health.retainedDuplicate());
    return frames;
  }

  private List<ByteBuf> picture(Place place, Wire wire) {
    List<ByteBuf> frames = encoder.snapshot(place.view().numbers, places.slots(place), wire);
    Crowd crowd = place.crowd();
    if (crowd != null) {
      frames.add(encoder.message(crowd.count(places.fleet())));
    } else if (place.area() != null) {
      frames.add(encoder.message(new ServerMessage.Cells(place.area().level(), List.of())));
    }
    return frames;
  }

  @Override
  public void close() {
    pictures.values().forEach(frames -> frames.forEach(ByteBuf::release));
    pending.values().forEach(ByteBuf::release);
    health.release();
  }
}
