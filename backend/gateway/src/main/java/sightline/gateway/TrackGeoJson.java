package sightline.gateway;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.protocol.JsonOut;
import sightline.protocol.Order;
import sightline.protocol.Position;

/**
 * A track as GeoJSON by RFC 7946: a collection of features, each of so many positions at most, so
 * that a long track is never in memory as a whole. One begins where the one before ended. Each is a
 * line, cut at the antimeridian, with an altitude at all of its positions or at none; a single
 * position is a point.
 */
final class TrackGeoJson implements TrackText {
  /** Positions of one feature. */
  static final int MOST = 5_000;

  private final String device;
  private final long recordedThrough;
  private final JsonOut json = new JsonOut(16 * 1024);
  private final List<Position> part = new ArrayList<>();
  private boolean any;

  TrackGeoJson(String device, long recordedThrough) {
    this.device = device;
    this.recordedThrough = recordedThrough;
  }

  @Override
  public void begin() {
    json.open('{').name("type").string("FeatureCollection").name("device").string(device);
    json.name("recordedThrough").number(recordedThrough).name("features").open('[');
  }

  @Override
  public void add(Position position) {
    if (part.size() == MOST) {
      feature();
      Position joint = part.getLast();
      part.clear();
      part.add(joint);
    }
    part.add(position);
  }

  @Override
  public void end(@Nullable Order cutAfter) {
    if (!part.isEmpty()) {
      feature();
    }
    json.close(']').close('}');
  }

  @Override
  public byte[] take() {
    byte[] piece = json.toBytes();
    json.reset();
    return piece;
  }

  private void feature() {
    if (any && json.size() == 0) {
      json.append(new byte[] {','}, 0, 1);
    }
    any = true;
    List<List<Place>> lines = lines();
    json.open('{').name("type").string("Feature").name("geometry").open('{').name("type");
    boolean high = part.stream().noneMatch(each -> Double.isNaN(each.altitude()));
    if (part.size() == 1) {
      json.string("Point").name("coordinates");
      place(lines.getFirst().getFirst(), high);
    } else if (lines.size() == 1) {
      json.string("LineString").name("coordinates");
      line(lines.getFirst(), high);
    } else {
      json.string("MultiLineString").name("coordinates").open('[');
      lines.forEach(line -> line(line, high));
      json.close(']');
    }
    json.close('}').name("properties").open('{').name("device").string(device).name("times");
    times(lines);
    json.close('}').close('}');
  }

  /** The part's lines, none of which crosses the antimeridian; the first is of one position. */
  private List<List<Place>> lines() {
    List<List<Place>> lines = new ArrayList<>();
    List<Place> line = new ArrayList<>();
    lines.add(line);
    @Nullable Place last = null;
    for (Position position : part) {
      Place place = Place.of(position);
      if (last != null && Math.abs(place.lon() - last.lon()) > 180) {
        double edge = last.lon() < 0 ? -180 : 180;
        line.add(last.towards(place, edge).at(edge));
        line = new ArrayList<>();
        lines.add(line);
        line.add(last.towards(place, edge).at(-edge));
      }
      line.add(place);
      last = place;
    }
    return lines;
  }

  private void line(List<Place> line, boolean high) {
    json.open('[');
    line.forEach(place -> place(place, high));
    json.close(']');
  }

  private void place(Place place, boolean high) {
    json.open('[').decimal(place.lon(), PLACES).decimal(place.lat(), PLACES);
    if (high) {
      json.decimal(place.altitude(), 1);
    }
    json.close(']');
  }

  /** Of each coordinate, in the same lists. */
  private void times(List<List<Place>> lines) {
    json.open('[');
    for (List<Place> line : lines) {
      if (lines.size() > 1) {
        json.open('[');
      }
      line.forEach(place -> json.number(place.millis()));
      if (lines.size() > 1) {
        json.close(']');
      }
    }
    json.close(']');
  }

  /**
   * A position of a line, or where a line is cut.
   *
   * @param altitude metres, or NaN
   */
  private record Place(double lon, double lat, double altitude, long millis) {
    static Place of(Position position) {
      long millis = position.order().millis();
      return new Place(position.lon(), position.lat(), position.altitude(), millis);
    }

    /** Where the way to the next one crosses the edge on this one's side. */
    Place towards(Place next, double edge) {
      double width = 360 - Math.abs(next.lon - lon);
      double share = width == 0 ? 0 : Math.abs(edge - lon) / width;
      return new Place(
          edge,
          lat + (next.lat - lat) * share,
          altitude + (next.altitude - altitude) * share,
          millis + Math.round((next.millis - millis) * share));
    }

    Place at(double otherLon) {
      return new Place(otherLon, lat, altitude, millis);
    }
  }
}
