package sightline.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the page, as it was when it was read. Immutable.
 *
 * @param modifiedMillis its time, by which a change is seen
 * @param plain its bytes, or null where it is too large to keep
 * @param gzip the same compressed, or null where that is no gain
 * @param tag its entity tag without quotes
 */
record PageFile(
    Path path,
    String type,
    long size,
    long modifiedMillis,
    @Nullable Blob plain,
    @Nullable Blob gzip,
    String tag) {
  private static final long MAX_KEPT_BYTES = 8L << 20;
  private static final int WORTH_COMPRESSING = 1_024;

  static PageFile read(Path path, BasicFileAttributes attributes) throws IOException {
    String type = ContentTypes.of(String.valueOf(path.getFileName()));
    long modified = attributes.lastModifiedTime().toMillis();
    long size = attributes.size();
    if (size > MAX_KEPT_BYTES) {
      return fromDisk(path, attributes);
    }
    byte[] plain = Files.readAllBytes(path);
    return new PageFile(
        path,
        type,
        plain.length,
        modified,
        new Blob(plain),
        compressed(path, type, plain),
        tag(plain));
  }

  /** One that is never kept in memory, whatever its size; its tag is of its size and time. */
  static PageFile fromDisk(Path path, BasicFileAttributes attributes) {
    long modified = attributes.lastModifiedTime().toMillis();
    String tag = Long.toHexString(attributes.size()) + "-" + Long.toHexString(modified);
    String type = ContentTypes.of(String.valueOf(path.getFileName()));
    return new PageFile(path, type, attributes.size(), modified, null, null, tag);
  }

  /** What it takes in memory, bytes. */
  long kept() {
    return 512L + (plain == null ? 0 : plain.length()) + (gzip == null ? 0 : gzip.length());
  }

  boolean isStill(BasicFileAttributes attributes) {
    return attributes.size() == size && attributes.lastModifiedTime().toMillis() == modifiedMillis;
  }

  private static @Nullable Blob compressed(Path path, String type, byte[] plain)
      throws IOException {
    if (plain.length < WORTH_COMPRESSING || !ContentTypes.compressible(type)) {
      return null;
    }
    Path ready = path.resolveSibling(path.getFileName() + ".gz");
    if (Files.isRegularFile(ready)
        && Files.getLastModifiedTime(ready).compareTo(Files.getLastModifiedTime(path)) >= 0) {
      return new Blob(Files.readAllBytes(ready));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 3);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.size() < plain.length ? new Blob(out.toByteArray()) : null;
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
