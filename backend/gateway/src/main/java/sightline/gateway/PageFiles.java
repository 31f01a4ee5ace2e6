package sightline.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page's files: kept in memory up to a bound, the least used go first, each compressed once.
 * Any virtual thread, under its own lock.
 */
final class PageFiles {
  private static final Logger LOG = LoggerFactory.getLogger(PageFiles.class);

  /** A name with a hash in it never stands for other bytes. */
  private static final Pattern HASHED =
      Pattern.compile(".*/assets/.*-[A-Za-z0-9_-]{8,}\\.[a-z0-9]+");

  private static final String MISSING =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Sightline</title></head>
      <body><h1>The page is not built yet</h1>
      <p>The server runs, but its folder for the page has no index.html. Build it with
      <code>npm ci &amp;&amp; npm run build</code> in <code>frontend/</code>, or start with
      <code>./sightline up</code>, which does that.</p></body></html>
      """;

  private final Path root;
  private final long maxBytes;

  @GuardedBy("this")
  private final Map<String, PageFile> kept = new LinkedHashMap<>(64, 0.75f, true);

  @GuardedBy("this")
  private long keptBytes;

  PageFiles(Path root, long maxBytes) {
    this.root = root.toAbsolutePath().normalize();
    this.maxBytes = maxBytes;
  }

  /** The file of a GET or HEAD. */
  Answer answer(Request request) {
    String path = request.path().equals("/") ? "/index.html" : request.path();
    try {
      PageFile file = find(path);
      if (file != null) {
        return FileAnswer.of(request, file, HASHED.matcher(path).matches());
      }
    } catch (IOException e) {
      LOG.warn("a file of the page can't be read: {}", e.toString());
      return Answer.problem(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the file can't be read");
    }
    if (path.equals("/index.html")) {
      return Answer.text(
              HttpResponseStatus.SERVICE_UNAVAILABLE, "text/html; charset=utf-8", MISSING)
          .with("Cache-Control", "no-store");
    }
    return Answer.problem(HttpResponseStatus.NOT_FOUND, "there is nothing at this path");
  }

  private @Nullable PageFile find(String path) throws IOException {
    Path file = inside(path);
    if (file == null) {
      return null;
    }
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (FileSystemException e) {
      return null;
    }
    if (!attributes.isRegularFile() || !file.toRealPath().startsWith(root.toRealPath())) {
      return null;
    }
    PageFile known = known(path);
    if (known != null && known.isStill(attributes)) {
      return known;
    }
    PageFile read = PageFile.read(file, attributes);
    keep(path, read);
    return read;
  }

  /** The file that a path names, or null where it would be outside, or is hidden. */
  private @Nullable Path inside(String path) {
    List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
    segments.removeFirst();
    for (String segment : segments) {
      if (segment.isEmpty() || segment.startsWith(".") || segment.indexOf('\\') >= 0) {
        return null;
      }
    }
    try {
      Path file = root.resolve(String.join("/", segments)).normalize();
      return file.startsWith(root) && Files.exists(root, LinkOption.NOFOLLOW_LINKS) ? file : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private synchronized @Nullable PageFile known(String path) {
    return kept.get(path);
  }

  private synchronized void keep(String path, PageFile file) {
    if (file.kept() > maxBytes) {
      return;
    }
    PageFile old = kept.put(path, file);
    keptBytes += file.kept() - (old == null ? 0 : old.kept());
    Iterator<PageFile> oldest = kept.values().iterator();
    while (keptBytes > maxBytes && oldest.hasNext()) {
      keptBytes -= oldest.next().kept();
      oldest.remove();
    }
  }
}
