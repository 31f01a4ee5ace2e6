package sightline.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A peer, started by its script in a folder of its own that is gone afterwards. Belongs to the
 * bench's main thread.
 */
final class PeerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 50;

  /** A free port may be taken by a stranger before the peer has it. */
  private static final int STARTS = 3;

  private final Child child;
  private final Peer peer;

  /**
   * Starts it, again where it fails at once.
   *
   * @param root the project's
   * @param name {@code seed}, {@code mosquitto} or {@code nats}
   */
  static PeerProcess start(Path root, String name) throws IOException, InterruptedException {
    for (int start = 1; start < STARTS; start++) {
      try {
        return new PeerProcess(root, name);
      } catch (IOException e) {
        System.err.println("again, since " + String.valueOf(e.getMessage()).strip());
      }
    }
    return new PeerProcess(root, name);
  }

  private PeerProcess(Path root, String name) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sightline-bench");
    Path script = root.resolve("bench/peers/start.mjs").toAbsolutePath();
    File log = folder.resolve("peer.log").toFile();
    ProcessBuilder line =
        new ProcessBuilder(List.of("node", script.toString(), name, folder.toString()));
    child =
        new Child(line.redirectErrorStream(true).redirectOutput(log), () -> Folder.remove(folder));
    try {
      peer = peer(name, awaitReady(name, folder.resolve("ready.json"), log));
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private PeerFile awaitReady(String name, Path file, File log)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!Files.exists(file)) {
      boolean ended = child.process().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (ended || System.nanoTime() > deadline) {
        throw new IOException(
            name
                + (ended ? " ended before it was ready:\n" : " was not ready in 60 s:\n")
                + Files.readString(log.toPath()));
      }
    }
    return PeerFile.read(file);
  }

  private static Peer peer(String name, PeerFile at) {
    return switch (name) {
      case "seed" -> new SeedPeer(at);
      case "mosquitto" -> new MosquittoPeer(at);
      case "nats" -> new NatsPeer(at);
      default -> throw new IllegalArgumentException("no such peer: " + name);
    };
  }

  Peer peer() {
    return peer;
  }

  @Override
  public void close() {
    child.close();
  }
}
