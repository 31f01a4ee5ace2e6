package sightline.simulator;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The shipped form of a road network: gzipped; a version, the names, the pieces. Each piece is its
 * two junctions, its traits, and its points as steps of a millionth of a degree, variable-length
 * integers all. For one thread.
 */
final class RoadFile {
  private static final int VERSION = 1;
  private static final double UNIT = 1e-6;
  private static final int ONEWAY = 1;
  private static final int TUNNEL = 2;
  private static final int CARS = 4;

  private RoadFile() {}

  /** A piece as it is read: junctions by number, points in degrees. */
  record Road(int from, int to, RoadTraits traits, List<Point> points) {}

  record Point(double lat, double lon) {}

  static void write(List<RoadGraph.Piece> pieces, Function<Long, Point> places, OutputStream to)
      throws IOException {
    Map<String, Integer> names = new LinkedHashMap<>();
    Map<Long, Integer> junctions = new LinkedHashMap<>();
    for (RoadGraph.Piece piece : pieces) {
      names.putIfAbsent(piece.traits().name(), names.size());
      junctions.putIfAbsent(piece.from(), junctions.size());
      junctions.putIfAbsent(piece.to(), junctions.size());
    }
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(to))) {
      out.writeByte(VERSION);
      number(out, names.size());
      for (String name : names.keySet()) {
        out.writeUTF(name);
      }
      number(out, pieces.size());
      Point last = new Point(0, 0);
      for (RoadGraph.Piece piece : pieces) {
        RoadTraits traits = piece.traits();
        number(out, junctions.getOrDefault(piece.from(), 0));
        number(out, junctions.getOrDefault(piece.to(), 0));
        out.writeByte(traits.roadClass().code());
        out.writeByte(
            (traits.oneway() ? ONEWAY : 0)
                | (traits.tunnel() ? TUNNEL : 0)
                | (traits.cars() ? CARS : 0));
        number(out, traits.maxSpeedKmh());
        number(out, names.getOrDefault(traits.name(), 0));
        number(out, piece.nodes().size());
        for (Long node : piece.nodes()) {
          Point place = places.apply(node);
          number(out, zigzag(units(place.lat()) - units(last.lat())));
          number(out, zigzag(units(place.lon()) - units(last.lon())));
          last = place;
        }
      }
    }
  }

  /**
   * @throws IOException when it is not a road file of this version
   */
  static List<Road> read(InputStream from) throws IOException {
    try (DataInputStream in = new DataInputStream(new GZIPInputStream(from))) {
      if (in.readByte() != VERSION) {
        throw new IOException("not a road file of version " + VERSION);
      }
      List<String> names = new ArrayList<>();
      for (long count = number(in); count > 0; count--) {
        names.add(in.readUTF());
      }
      List<Road> roads = new ArrayList<>();
      long[] last = {0, 0};
      for (long count = number(in); count > 0; count--) {
        roads.add(road(in, names, last));
      }
      return roads;
    }
  }

  private static Road road(DataInputStream in, List<String> names, long[] last) throws IOException {
    int from = (int) number(in);
    int to = (int) number(in);
    RoadClass roadClass = RoadClass.ofCode(in.readByte());
    int flags = in.readByte();
    int maxSpeed = (int) number(in);
    String name = names.get((int) number(in));
    List<Point> points = new ArrayList<>();
    for (long count = number(in); count > 0; count--) {
      last[0] += unzigzag(number(in));
      last[1] += unzigzag(number(in));
      points.add(new Point(last[0] * UNIT, last[1] * UNIT));
    }
    RoadTraits traits =
        new RoadTraits(
            roadClass,
            name,
            maxSpeed,
            (flags & ONEWAY) != 0,
            (flags & TUNNEL) != 0,
            (flags & CARS) != 0);
    return new Road(from, to, traits, points);
  }

  private static long units(double degrees) {
    return Math.round(degrees / UNIT);
  }

  private static long zigzag(long number) {
    return (number << 1) ^ (number >> 63);
  }

  private static long unzigzag(long number) {
    return (number >>> 1) ^ -(number & 1);
  }

  private static void number(DataOutputStream out, long number) throws IOException {
    long rest = number;
    while (rest >= 0x80) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long number(DataInputStream in) throws IOException {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      int bits = in.readUnsignedByte();
      number |= (long) (bits & 0x7f) << shift;
      if (bits < 0x80) {
        return number;
      }
    }
  }
}
