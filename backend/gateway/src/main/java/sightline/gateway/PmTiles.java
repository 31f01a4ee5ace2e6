package sightline.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a PMTiles file of version 3 says of itself; its header is 127 bytes, little-endian:
 * github.com/protomaps/PMTiles, spec/v3. Immutable.
 *
 * @param tiles {@code mvt}, {@code png}, {@code jpeg}, {@code webp} or {@code avif}
 * @param bounds west, south, east, north, degrees
 * @param center longitude, latitude, zoom
 * @param attribution plain text, to be shown; empty where there is none
 * @param layers of a vector map, by id
 */
record PmTiles(
    String tiles,
    int minZoom,
    int maxZoom,
    List<Double> bounds,
    List<Double> center,
    @Nullable String title,
    String attribution,
    List<String> layers) {
  private static final int HEADER = 127;
  private static final int MAX_METADATA = 4 << 20;
  private static final int MAX_ATTRIBUTION = 2_000;
  private static final int GZIP = 2;
  private static final double DEGREE = 1e7;
  private static final List<String> TYPES =
      List.of("unknown", "mvt", "png", "jpeg", "webp", "avif");
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
          .build();

  /**
   * Reads a file's header and metadata.
   *
   * @throws IOException with what is wrong with it
   */
  static PmTiles read(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.wrap(part(in, 0, HEADER)).order(ByteOrder.LITTLE_ENDIAN);
      byte[] magic = new byte[7];
      header.get(magic);
      if (!new String(magic, StandardCharsets.US_ASCII).equals("PMTiles") || header.get() != 3) {
        throw new IOException("this is no PMTiles file of version 3");
      }
      drawable(header);
      whole(header, in.size());
      long length = header.getLong(32);
      if (length < 0 || length > MAX_METADATA) {
        throw new IOException("its metadata is larger than 4 MiB");
      }
      byte[] metadata = part(in, header.getLong(24), (int) length);
      Said said = Said.read(plain(metadata, header.get(97)));
      return new PmTiles(
          TYPES.get(header.get(99)),
          header.get(100),
          header.get(101),
          List.of(
              header.getInt(102) / DEGREE,
              header.getInt(106) / DEGREE,
              header.getInt(110) / DEGREE,
              header.getInt(114) / DEGREE),
          List.of(
              header.getInt(119) / DEGREE, header.getInt(123) / DEGREE, (double) header.get(118)),
          said.title,
          said.attribution,
          List.copyOf(said.layers));
    }
  }

  /** What no browser's map could draw is not offered. */
  private static void drawable(ByteBuffer header) throws IOException {
    int type = header.get(99) & 0xff;
    if (type == 0 || type >= TYPES.size()) {
      throw new IOException(
          "its tiles are of type "
              + type
              + ", which the page can't draw; it draws "
              + String.join(", ", TYPES.subList(1, TYPES.size())));
    }
    if ((header.get(98) & 0xff) > GZIP || (header.get(97) & 0xff) > GZIP) {
      throw new IOException("it is compressed in a way that the page can't read; gzip is read");
    }
    double west = header.getInt(102) / DEGREE;
    double south = header.getInt(106) / DEGREE;
    double east = header.getInt(110) / DEGREE;
    double north = header.getInt(114) / DEGREE;
    boolean inside = west >= -180 && east <= 180 && south >= -90 && north <= 90;
    if (!inside || west > east || south > north || header.get(100) > header.get(101)) {
      throw new IOException("its bounds or its zooms are no part of the world");
    }
  }

  /** All that its header names must be there: half a file would be an empty map. */
  private static void whole(ByteBuffer header, long size) throws IOException {
    if (header.getLong(16) == 0) {
      throw new IOException("it has no directory of tiles");
    }
    long end = HEADER;
    for (int at = 8; at <= 56; at += 16) {
      long offset = header.getLong(at);
      long length = header.getLong(at + 8);
      boolean possible = offset >= 0 && length >= 0 && offset <= Long.MAX_VALUE - length;
      end = Math.max(end, possible ? offset + length : Long.MAX_VALUE);
    }
    if (end > size) {
      throw new IOException(
          end == Long.MAX_VALUE
              ? "its header is damaged"
              : "it is not whole: it has %d of %d bytes; copy it again".formatted(size, end));
    }
  }

  private static byte[] part(FileChannel in, long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    ByteBuffer part = ByteBuffer.wrap(bytes);
    while (part.hasRemaining()) {
      if (offset < 0 || in.read(part, offset + part.position()) < 0) {
        throw new IOException("this is no PMTiles file of version 3");
      }
    }
    return bytes;
  }

  private static byte[] plain(byte[] bytes, int compression) throws IOException {
    return switch (compression) {
      case 1 -> bytes;
      case 2 -> {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
          byte[] plain = in.readNBytes(MAX_METADATA + 1);
          if (plain.length > MAX_METADATA) {
            throw new IOException("its metadata is larger than 4 MiB");
          }
          yield plain;
        }
      }
      default ->
          throw new IOException("its metadata is compressed in a way that is not known here");
    };
  }

  /** What the metadata says. Used by one thread. */
  private static final class Said {
    @Nullable String title;
    String attribution = "";
    final List<String> layers = new ArrayList<>();

    static Said read(byte[] json) throws IOException {
      Said said = new Said();
      if (json.length == 0) {
        return said;
      }
      try (JsonParser in = JSON.createParser(json)) {
        if (in.nextToken() != JsonToken.START_OBJECT) {
          throw new IOException("its metadata is not a JSON object");
        }
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
          in.nextToken();
          said.field(name, in);
        }
      }
      return said;
    }

    private void field(String name, JsonParser in) throws IOException {
      switch (name) {
        case "name" -> title = in.getValueAsString();
        case "attribution" -> attribution = text(in.getValueAsString(""));
        case "vector_layers" -> layers(in);
        default -> in.skipChildren();
      }
    }

    private void layers(JsonParser in) throws IOException {
      int depth = 0;
      do {
        JsonToken token = in.currentToken();
        if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
          depth++;
        } else if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
          depth--;
        } else if (depth == 2 && token == JsonToken.FIELD_NAME && "id".equals(in.currentName())) {
          in.nextToken();
          layers.add(in.getValueAsString(""));
        }
      } while (depth > 0 && in.nextToken() != null);
    }

    /** HTML as plain text: the page shows it, and must not run it. */
    private static String text(String html) {
      String plain =
          html.replaceAll("<[^>]*>", "")
              .replace("&copy;", "©")
              .replace("&lt;", "<")
              .replace("&gt;", ">")
              .replace("&quot;", "\"")
              .replace("&amp;", "&")
              .strip();
      return plain.substring(0, Math.min(plain.length(), MAX_ATTRIBUTION));
    }
  }
}
