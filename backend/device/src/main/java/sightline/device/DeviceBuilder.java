package sightline.device;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Says what a {@link Device} is to be. For one thread. */
public final class DeviceBuilder {
  private static final int MEMORY = 10_000;
  private static final int DISK = 1_000_000;

  private final String id;
  private final List<URI> brokers = new ArrayList<>();
  private @Nullable String username;
  private @Nullable String password;
  private @Nullable KeyManagerFactory keys;
  private @Nullable TrustManagerFactory trust;
  private @Nullable String kind;
  private @Nullable String name;
  private @Nullable String firmware;
  private @Nullable Spool spool;
  private @Nullable DeviceExecutor executor;
  private DeviceListener listener = DeviceListener.NONE;
  private int backlogPositions;
  private int eventWindow = 128;
  private Duration firstRepeat = Duration.ofSeconds(60);
  private Duration lastRepeat = Duration.ofMinutes(15);
  private InstantSource clock = InstantSource.system();
  private RandomGenerator random = new SplittableRandom();

  DeviceBuilder(String id) {
    this.id = id;
  }

  /**
   * {@code mqtt://host:port} or {@code mqtts://host:port}; with several, a failure tries the next.
   */
  public DeviceBuilder broker(URI uri) {
    brokers.add(uri);
    return this;
  }

  public DeviceBuilder credentials(String newUsername, String newPassword) {
    username = newUsername;
    password = newPassword;
    return this;
  }

  /**
   * For {@code mqtts://}: this device's certificate, and whom it trusts. Null is the platform's
   * default (no certificate; the JDK's trust store). The broker's host name is always checked.
   */
  public DeviceBuilder tls(
      @Nullable KeyManagerFactory newKeys, @Nullable TrustManagerFactory newTrust) {
    keys = newKeys;
    trust = newTrust;
    return this;
  }

  /** {@code vehicle}, {@code sensor}, {@code camera}, or your own. */
  public DeviceBuilder kind(String newKind) {
    kind = newKind;
    return this;
  }

  /** What people call it. */
  public DeviceBuilder name(String newName) {
    name = newName;
    return this;
  }

  public DeviceBuilder firmware(String newFirmware) {
    firmware = newFirmware;
    return this;
  }

  /** Where events wait for their answer; required. */
  public DeviceBuilder spool(Spool newSpool) {
    spool = newSpool;
    return this;
  }

  /**
   * Threads shared with other devices; they stay the caller's to close. Default: threads of its
   * own.
   */
  public DeviceBuilder executor(DeviceExecutor shared) {
    executor = shared;
    return this;
  }

  public DeviceBuilder listener(DeviceListener newListener) {
    listener = newListener;
    return this;
  }

  /**
   * How many positions are kept until they are answered; then the oldest are shed. Default:
   * 1,000,000 beside a spool on disk, 10,000 in memory.
   */
  public DeviceBuilder backlogPositions(int positions) {
    if (positions < 1) {
      throw new IllegalArgumentException("the backlog must have room for a position");
    }
    backlogPositions = positions;
    return this;
  }

  /** How many events may be published and unanswered at a time. */
  public DeviceBuilder eventWindow(int events) {
    eventWindow = events;
    return this;
  }

  /**
   * When an unanswered event goes again on the same connection: first after this, then doubling.
   */
  public DeviceBuilder repeatEvents(Duration first, Duration last) {
    firstRepeat = first;
    lastRepeat = last;
    return this;
  }

  public DeviceBuilder clock(InstantSource newClock) {
    clock = newClock;
    return this;
  }

  /** For the wait before a reconnect; the session and the ids of events never come from it. */
  public DeviceBuilder random(RandomGenerator newRandom) {
    random = newRandom;
    return this;
  }

  /**
   * A device that is not started yet.
   *
   * @throws IllegalArgumentException when something is out of its range
   * @throws IllegalStateException when it has no spool
   */
  public Device build() {
    if (spool == null) {
      throw new IllegalStateException(
          "say where events wait: spool(Spool.onDisk(directory)) or spool(Spool.inMemory(limits))");
    }
    String session = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    DeviceSettings settings =
        new DeviceSettings(
            id,
            DeviceSettings.addresses(brokers),
            username,
            password,
            keys,
            trust,
            kind,
            name,
            firmware,
            session,
            backlogPositions > 0 ? backlogPositions : spool.directory() == null ? MEMORY : DISK,
            eventWindow,
            firstRepeat,
            lastRepeat,
            clock,
            random);
    return new Device(settings, spool, listener, executor);
  }
}
