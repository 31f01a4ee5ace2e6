package sightline.micro;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Figures as a file of JSON: an object of numbers for each benchmark, by its name. Stateless. */
final class FigureFile {
  private static final String NANOS = "nanos";
  private static final String ERROR = "errorNanos";
  private static final String LEAST = "leastNanos";
  private static final String BYTES = "bytes";

  private FigureFile() {}

  /** Writes the file anew, and the folder where there is none. */
  static void write(Path file, List<Figure> figures) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try (JsonGenerator out = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      for (Figure figure : figures) {
        out.writeObjectFieldStart(figure.name());
        out.writeNumberField(NANOS, tenths(figure.nanos()));
        out.writeNumberField(ERROR, tenths(figure.errorNanos()));
        out.writeNumberField(LEAST, tenths(figure.leastNanos()));
        out.writeNumberField(BYTES, tenths(figure.bytes()));
        out.writeEndObject();
      }
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException where the file can't be read or is no such file
   */
  static List<Figure> read(Path file) throws IOException {
    List<Figure> figures = new ArrayList<>();
    try (JsonParser in = new JsonFactory().createParser(file.toFile())) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        figures.add(figure(in, file));
      }
    }
    return figures;
  }

  private static Figure figure(JsonParser in, Path file) throws IOException {
    String name = in.currentName();
    in.nextToken();
    Map<String, Double> numbers = new HashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      numbers.put(field, in.getValueAsDouble(Double.NaN));
    }
    if (!numbers.keySet().containsAll(List.of(NANOS, ERROR, LEAST, BYTES))) {
      throw new IOException(file + " holds no figures of the micro bench: " + name);
    }
    return new Figure(
        name,
        numbers.getOrDefault(NANOS, Double.NaN),
        numbers.getOrDefault(ERROR, Double.NaN),
        numbers.getOrDefault(LEAST, Double.NaN),
        numbers.getOrDefault(BYTES, Double.NaN));
  }

  private static double tenths(double value) {
    return Double.isNaN(value) ? value : Math.round(value * 10) / 10.0;
  }
}
