package sightline.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cells, a JSON line each, so that a report that was ended can go on. Belongs to one thread. */
final class CellFile {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;

  CellFile(Path file) {
    this.file = file;
  }

  void append(Cell cell) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(line)) {
      out.writeStartObject();
      out.writeStringField("system", cell.system());
      out.writeStringField("load", cell.load());
      out.writeNumberField("browsers", cell.browsers());
      out.writeNumberField("run", cell.run());
      out.writeStringField("verdict", cell.verdict());
      numbers(out, "figures", cell.figures());
      numbers(out, "curve", cell.curve());
      out.writeEndObject();
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(
        file,
        line + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static void numbers(JsonGenerator out, String name, Map<?, Double> numbers)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<?, Double> number : numbers.entrySet()) {
      out.writeNumberField(number.getKey().toString(), number.getValue());
    }
    out.writeEndObject();
  }

  /** All whole lines; none where there is no file. A line that was cut short is left out. */
  List<Cell> read() throws IOException {
    List<Cell> cells = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (line.endsWith("}}")) {
          cells.add(cell(line));
        }
      }
    }
    return cells;
  }

  private static Cell cell(String line) throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    Map<String, Map<String, Double>> numbers = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_OBJECT) {
          numbers.put(name, numbers(parser));
        } else {
          words.put(name, parser.getText());
        }
      }
    }
    Map<Double, Double> curve = new LinkedHashMap<>();
    numbers
        .getOrDefault("curve", Map.of())
        .forEach((percentile, millis) -> curve.put(Double.valueOf(percentile), millis));
    return new Cell(
        words.getOrDefault("system", ""),
        words.getOrDefault("load", ""),
        Integer.parseInt(words.getOrDefault("browsers", "0")),
        Integer.parseInt(words.getOrDefault("run", "0")),
        words.getOrDefault("verdict", ""),
        numbers.getOrDefault("figures", Map.of()),
        curve);
  }

  private static Map<String, Double> numbers(JsonParser parser) throws IOException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      // Not a number is written as a text.
      numbers.put(name, Double.valueOf(parser.getText()));
    }
    return numbers;
  }
}
