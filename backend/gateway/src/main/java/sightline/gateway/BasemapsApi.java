package sightline.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.protocol.JsonOut;

/**
 * The {@code .pmtiles} files that somebody dropped into the data directory: listed at {@code
 * /api/v1/basemaps}, served in parts below {@code /basemaps/}. Any virtual thread.
 */
final class BasemapsApi {
  private static final Logger LOG = LoggerFactory.getLogger(BasemapsApi.class);
  private static final String SUFFIX = ".pmtiles";
  private static final int MOST = 1_000;
  private static final int PLACES = 7;

  private final Path folder;

  /** What was read of each, as long as it is the same file. */
  @GuardedBy("this")
  private final Map<String, Basemap> known = new HashMap<>();

  BasemapsApi(Path folder) {
    this.folder = folder;
  }

  /**
   * A file.
   *
   * @param tiles what it says of itself, or null where it can't be read
   * @param problem why not, or null
   */
  private record Basemap(PageFile file, @Nullable PmTiles tiles, @Nullable String problem) {}

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/basemaps", (request, path) -> list()),
        new Route("GET", "/basemaps/{file}", this::serve));
  }

  /** Says what there is, once, to whoever starts it. */
  void tell() {
    for (Basemap basemap : all()) {
      String problem = basemap.problem();
      if (problem == null) {
        LOG.info("basemap {}", basemap.file().path());
      } else {
        LOG.warn("{} can't be a basemap: {}", basemap.file().path(), problem);
      }
    }
  }

  private List<Basemap> all() {
    List<Basemap> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        Basemap basemap = find(String.valueOf(file.getFileName()));
        if (basemap != null && found.size() < MOST) {
          found.add(basemap);
        }
      }
    } catch (NoSuchFileException e) {
      return found;
    } catch (IOException e) {
      LOG.warn("the folder of basemaps can't be read: {}", e.toString());
    }
    found.sort(
        Comparator.comparingLong((Basemap each) -> each.file().modifiedMillis())
            .reversed()
            .thenComparing(each -> each.file().path()));
    return found;
  }

  private @Nullable Basemap find(String name) {
    if (!name.endsWith(SUFFIX) || name.startsWith(".") || name.indexOf('\\') >= 0) {
      return null;
    }
    try {
      Path file = folder.resolve(name);
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Basemap before = known(name);
      if (before != null && before.file().isStill(attributes)) {
        return before;
      }
      return attributes.isRegularFile() ? read(name, file, attributes) : null;
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }

  private Basemap read(String name, Path file, BasicFileAttributes attributes) {
    Basemap basemap;
    PageFile page = PageFile.fromDisk(file, attributes);
    try {
      basemap = new Basemap(page, PmTiles.read(file), null);
    } catch (IOException e) {
      basemap = new Basemap(page, null, String.valueOf(e.getMessage()));
    }
    synchronized (this) {
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(name, basemap);
    }
    return basemap;
  }

  private synchronized @Nullable Basemap known(String name) {
    return known.get(name);
  }

  private Answer serve(Request request, Map<String, String> path) throws BadRequest {
    Basemap basemap = find(path.getOrDefault("file", ""));
    if (basemap == null || basemap.tiles() == null) {
      return Answer.problem(HttpResponseStatus.NOT_FOUND, "there is no such basemap");
    }
    boolean thisVersion = basemap.file().tag().equals(request.parameter("v"));
    return FileAnswer.of(request, basemap.file(), thisVersion);
  }

  private Answer list() {
    JsonOut json = new JsonOut(4 * 1024);
    json.open('{').name("items").open('[');
    all().forEach(basemap -> write(json, basemap));
    return Answer.json(json.close(']').name("next").nothing().close('}'));
  }

  private static void write(JsonOut json, Basemap basemap) {
    String name = String.valueOf(basemap.file().path().getFileName());
    PmTiles tiles = basemap.tiles();
    String title = tiles == null ? null : tiles.title();
    json.open('{').name("name");
    json.string(
        title == null || title.isBlank()
            ? name.substring(0, name.length() - SUFFIX.length())
            : title);
    json.name("file").string(name);
    if (tiles != null) {
      String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
      json.name("url").string("/basemaps/" + escaped + "?v=" + basemap.file().tag());
    }
    json.name("bytes").number(basemap.file().size());
    if (tiles != null) {
      json.name("tiles").string(tiles.tiles());
      json.name("minZoom").number(tiles.minZoom()).name("maxZoom").number(tiles.maxZoom());
      numbers(json, "bounds", tiles.bounds());
      numbers(json, "center", tiles.center());
      json.name("attribution").string(tiles.attribution()).name("layers").open('[');
      tiles.layers().forEach(json::string);
      json.close(']');
    }
    if (basemap.problem() != null) {
      json.name("problem").string(basemap.problem());
    }
    json.close('}');
  }

  private static void numbers(JsonOut json, String name, List<Double> values) {
    json.name(name).open('[');
    values.forEach(value -> json.decimal(value, PLACES));
    json.close(']');
  }
}
