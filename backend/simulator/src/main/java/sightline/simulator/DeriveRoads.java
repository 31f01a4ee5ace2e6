package sightline.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes the shipped road file from the roads of an OpenStreetMap extract: OPL on standard input,
 * the file's path and the area (west south east north) as arguments. Run by {@code derive-roads}.
 */
final class DeriveRoads {
  private DeriveRoads() {}

  public static void main(String[] args) throws IOException {
    Opl opl;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      opl = Opl.read(in);
    }
    List<RoadGraph.Piece> pieces =
        RoadGraph.connected(
            opl,
            node -> {
              double[] place = opl.lonLat().get(node);
              return place != null
                  && place[0] >= Double.parseDouble(args[1])
                  && place[1] >= Double.parseDouble(args[2])
                  && place[0] <= Double.parseDouble(args[3])
                  && place[1] <= Double.parseDouble(args[4]);
            });
    Path file = Path.of(args[0]);
    try (OutputStream out = Files.newOutputStream(file)) {
      RoadFile.write(
          pieces,
          node -> {
            double[] place = opl.lonLat().getOrDefault(node, new double[2]);
            return new RoadFile.Point(place[1], place[0]);
          },
          out);
    }
    long cars = pieces.stream().filter(piece -> piece.traits().cars()).count();
    PrintStream out = System.out;
    out.printf(
        "%d edges, %d of them for vehicles, %d bytes%n", pieces.size(), cars, Files.size(file));
  }
}
