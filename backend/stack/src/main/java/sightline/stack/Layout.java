package sightline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a stack keeps what. Its own folder holds settings, logs, certificates and {@code
 * stack.json}; the servers' folders are below it too, or, where we are root and their users could
 * not get there, under {@code /var/tmp}. For one thread.
 *
 * @param root of the program
 * @param dir the stack's own
 * @param servers below which each server has a folder of its own
 * @param lock held for as long as the stack lives
 */
record Layout(Path root, Path dir, Path servers, FileLock lock) {
  private static final String MODE = "rwx------";

  /**
   * Makes the folders.
   *
   * @throws StackFailed where another stack uses them, or they can't be made
   */
  static Layout make(Path root, Path dir) {
    try {
      for (String folder : List.of("log", "conf", "data")) {
        Files.createDirectories(dir.resolve(folder));
      }
      FileChannel channel =
          FileChannel.open(
              dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new StackFailed("another stack runs in " + dir + "; stop it, or choose a --dir.");
      }
      Path servers = dir.resolve("servers");
      if (isRoot() && !everybodyGetsTo(dir)) {
        servers = Path.of("/var/tmp/sightline-stack-" + Integer.toHexString(dir.hashCode()));
      }
      Files.createDirectories(servers);
      Files.setPosixFilePermissions(servers, PosixFilePermissions.fromString("rwxr-xr-x"));
      return new Layout(root, dir, servers, lock);
    } catch (IOException e) {
      throw new StackFailed("the folder " + dir + " can't be used: " + e + ".");
    }
  }

  static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static boolean everybodyGetsTo(Path dir) throws IOException {
    for (Path each = dir; each != null; each = each.getParent()) {
      if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }

  /** A file of the shipped configuration. */
  Path shipped(String name) {
    return root.resolve("deploy").resolve(name);
  }

  /** A role's settings file. */
  Path settings(String name) {
    return dir.resolve("conf").resolve(name);
  }

  Path certificates() {
    return dir.resolve("certs");
  }

  /** A server's folder, made where it is not there. */
  Path server(String name) {
    try {
      return Files.createDirectories(servers.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a server's folder to the user that it runs as. */
  void give(Path folder, @Nullable String user) {
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(MODE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (user != null) {
      Commands.run(Path.of("/"), Map.of(), List.of("chown", "-R", user + ":", folder.toString()));
    }
  }

  /** The user that a server runs as, null where that is us. */
  static @Nullable String user(String name) {
    return isRoot() ? name : null;
  }

  /** A password that is made once and kept in a file for us alone. */
  String password(String name) {
    Path file = settings(name + ".password");
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file of settings. */
  static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
