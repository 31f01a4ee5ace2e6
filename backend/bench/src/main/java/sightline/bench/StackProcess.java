package sightline.bench;

import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The production path, every part a process of its own behind Nginx, in a folder that its servers'
 * users can get to and that is gone afterwards. Belongs to the bench's main thread.
 */
final class StackProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);
  private static final long POLL_MILLIS = 50;

  /** What it says last, once all is ready. */
  private static final String READY = "Ctrl-C stops it all.";

  private final Path folder;
  private final Child child;
  private final StackFile parts;

  /**
   * @param command what runs the program, to which {@code stack} and its options are added
   */
  StackProcess(List<String> command, int gateways) throws IOException, InterruptedException {
    var open = PosixFilePermissions.fromString("rwxr-xr-x");
    folder = Files.createTempDirectory(Path.of("/var/tmp"), "sightline-bench");
    Files.setPosixFilePermissions(folder, open);
    File log = folder.resolve("stack.log").toFile();
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of("stack", "--plain", "--gateways", Integer.toString(gateways), "--dir"));
    line.add(folder.toString());
    child =
        new Child(
            new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log),
            () -> Folder.remove(folder));
    try {
      awaitReady(log.toPath());
      parts = StackFile.read(folder.resolve("stack.json"));
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!Files.readString(log).contains(READY)) {
      boolean ended = child.process().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (ended || System.nanoTime() > deadline) {
        throw new IOException(
            (ended ? "`stack` ended before it was ready:\n" : "`stack` was not ready in 4 min:\n")
                + Files.readString(log));
      }
    }
  }

  /** Devices and browsers on the loopback listeners without TLS. */
  Target.Sightline plain(MqttVersion version) throws IOException {
    return plain(version, browsers());
  }

  /**
   * The same with browsers elsewhere.
   *
   * @param live where they connect
   */
  Target.Sightline plain(MqttVersion version, InetSocketAddress live) throws IOException {
    return new Target.Sightline(
        "stack",
        parts.address("mosquitto", "plainUrl"),
        live,
        "/live",
        parts.pids(),
        version,
        null);
  }

  /** Nginx, without TLS. */
  InetSocketAddress browsers() throws IOException {
    return parts.address("nginx", "plainUrl");
  }

  /** A gateway itself, by its number from 1. */
  InetSocketAddress gateway(int number) throws IOException {
    return parts.address("gateway-" + number, "url");
  }

  /** A part's process now, which may be another than when the stack began. */
  long pid(String part) throws IOException {
    return StackFile.read(folder.resolve("stack.json")).pid(part);
  }

  /**
   * Devices and browsers as in production, encrypted, each device with a certificate of its own.
   *
   * @param issuer the script that makes certificates
   */
  Target.Sightline encrypted(MqttVersion version, Path issuer, int devices)
      throws IOException, InterruptedException {
    Path certificates = folder.resolve("certs");
    List<String> line = new ArrayList<>();
    line.addAll(List.of(issuer.toString(), certificates.toString(), "device"));
    IntStream.range(0, devices).mapToObj(DeviceIds::id).forEach(line::add);
    File log = folder.resolve("certificates.log").toFile();
    Process made = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log).start();
    if (made.waitFor() != 0) {
      throw new IOException("no certificates: " + Files.readString(log.toPath()));
    }
    return new Target.Sightline(
        "stack-tls",
        parts.address("mosquitto", "url"),
        parts.address("nginx", "url"),
        "/live",
        parts.pids(),
        version,
        new Tls(certificates));
  }

  @Override
  public void close() {
    child.close();
  }
}
