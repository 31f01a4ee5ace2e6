package sightline.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes and ways of an OPL file, the line format of osmium-tool (osmcode.org/opl-file-format).
 * For one thread.
 */
final class Opl {
  private final Map<Long, double[]> lonLat = new HashMap<>();
  private final List<OsmWay> ways = new ArrayList<>();

  /** Longitude and latitude by node, degrees. */
  Map<Long, double[]> lonLat() {
    return lonLat;
  }

  List<OsmWay> ways() {
    return ways;
  }

  static Opl read(BufferedReader lines) throws IOException {
    Opl opl = new Opl();
    for (String line; (line = lines.readLine()) != null; ) {
      String[] fields = line.split(" ", -1);
      if (line.startsWith("n")) {
        double[] place = {
          Double.parseDouble(field(fields, 'x')), Double.parseDouble(field(fields, 'y'))
        };
        opl.lonLat.put(Long.valueOf(fields[0].substring(1)), place);
      } else if (line.startsWith("w")) {
        opl.ways.add(new OsmWay(nodes(field(fields, 'N')), tags(field(fields, 'T'))));
      }
    }
    return opl;
  }

  private static List<Long> nodes(String field) {
    return Arrays.stream(field.split(",", -1))
        .filter(node -> !node.isEmpty())
        .map(node -> Long.valueOf(node.substring(1)))
        .toList();
  }

  private static Map<String, String> tags(String field) {
    Map<String, String> tags = new HashMap<>();
    for (String tag : field.split(",", -1)) {
      int equals = tag.indexOf('=');
      if (equals > 0) {
        tags.put(unescape(tag.substring(0, equals)), unescape(tag.substring(equals + 1)));
      }
    }
    return tags;
  }

  private static String field(String[] fields, char type) {
    for (int i = 1; i < fields.length; i++) {
      if (!fields[i].isEmpty() && fields[i].charAt(0) == type) {
        return fields[i].substring(1);
      }
    }
    return "";
  }

  /** A character that OPL escapes is its code point in hex between two percent signs. */
  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    String[] parts = text.split("%", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 0) {
        plain.append(parts[i]);
      } else {
        plain.appendCodePoint(Integer.parseInt(parts[i], 16));
      }
    }
    return plain.toString();
  }
}
