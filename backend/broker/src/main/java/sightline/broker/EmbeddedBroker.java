package sightline.broker;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.paging.PagingManager;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActivateCallback;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Artemis as an MQTT 3.1.1 and 5 broker over TCP: last will, retained messages and persistent
 * sessions on disk. Started and closed by one thread; what runs inside is Artemis's.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final String ACCEPTOR = "mqtt";
  private static final long POSITIONS_A_SUBSCRIBER = 10_000;

  /**
   * What a queue has arrays for at once, of 4 bytes each; with more it makes another. Each device
   * has a queue of its own, and one is kept for each topic that something is retained of.
   */
  private static final int QUEUE_BUFFER = 64;

  private static final int POSITIONS_BUFFER = 4_096;
  private static final long MIN_DISK_FREE = 64L * 1024 * 1024;

  private final ActiveMQServer server;
  private final BrokerCounts counts;
  private final TakeOvers takeOvers;
  private final Refusals refusals = new Refusals(System::nanoTime);
  private final Handshakes handshakes;
  private final Doorway doorway;

  private final Consumer<String> ended;
  private final AtomicBoolean over = new AtomicBoolean();

  /** Not started yet; nobody is told where it ends by itself. */
  public EmbeddedBroker(BrokerSettings settings, Path directory) throws BrokerNotStarted {
    this(settings, directory, why -> {});
  }

  /**
   * Not started yet.
   *
   * @param directory where sessions, retained messages and queued events are kept
   * @param ended told once, on any thread, why it has ended for good where nobody closed it
   */
  public EmbeddedBroker(BrokerSettings settings, Path directory, Consumer<String> ended)
      throws BrokerNotStarted {
    this(settings, directory, ended, Handshakes.Bounds.DEFAULT);
  }

  EmbeddedBroker(
      BrokerSettings settings, Path directory, Consumer<String> ended, Handshakes.Bounds bounds)
      throws BrokerNotStarted {
    this.ended = ended;
    handshakes = new Handshakes(bounds);
    doorway = new Doorway(settings, handshakes, refusals);
    try {
      server =
          new ActiveMQServerImpl(configuration(settings, directory)) {
            @Override
            public PagingManager createPagingManager() throws Exception {
              return OneStore.forPositions(super.createPagingManager());
            }
          };
      InOrder.keptBy(server);
      counts = BrokerCounts.of(server);
      takeOvers = TakeOvers.of(server);
      server.registerIOCriticalErrorListener(
          (cause, message, file) -> over("its disk failed: " + message + " (" + cause + ")"));
      server.registerActivateCallback(
          new ActivateCallback() {
            @Override
            public void deActivate() {
              over("it has stopped by itself");
            }
          });
    } catch (Exception e) {
      throw new BrokerNotStarted("the MQTT broker can't be set up: " + e.getMessage(), e);
    }
  }

  /**
   * Listens when it returns.
   *
   * @throws BrokerNotStarted where the port is taken or the directory can't be used
   */
  public void start() throws BrokerNotStarted {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new BrokerNotStarted("the MQTT broker can't start: " + e.getMessage(), e);
    }
    if (!server.isActive()
        || !(server.getRemotingService().getAcceptor(ACCEPTOR) instanceof NettyAcceptor acceptor)) {
      close();
      throw new BrokerNotStarted(
          "the MQTT broker can't start", new IllegalStateException("it is not active"));
    }
    try {
      doorway.open(acceptor);
    } catch (BrokerNotStarted e) {
      close();
      throw e;
    }
  }

  /** The TCP port that it listens on. */
  public int port() {
    return doorway.port();
  }

  /** Connections that its port ended, by why. */
  public Refusals refusals() {
    return refusals;
  }

  /** Connections that have not said a whole CONNECT yet. */
  public int handshakes() {
    return handshakes.count();
  }

  /** How many clients are connected. */
  public int clients() {
    return server.getConnectionCount();
  }

  /**
   * Has the ids of clients whose connection is taken over by another of the same id; called on any
   * thread, and must not wait.
   */
  public void onTakeOver(Consumer<String> listener) {
    takeOvers.listen(listener);
  }

  /** What went through it. */
  public BrokerCounts counts() {
    return counts;
  }

  /** How many messages it holds, retained ones among them. */
  public long messages() {
    return server.getTotalMessageCount();
  }

  private void over(String why) {
    if (!over.getAndSet(true)) {
      ended.accept(why);
    }
  }

  @Override
  public void close() {
    over.set(true);
    doorway.shut();
    try {
      server.stop();
    } catch (Exception e) {
      log.warn("The MQTT broker did not stop cleanly: {}", e.toString());
    }
    doorway.close();
  }

  private static ConfigurationImpl configuration(BrokerSettings settings, Path directory)
      throws Exception {
    ConfigurationImpl config = new ConfigurationImpl();
    config.setName("sightline");
    config.setJournalDirectory(directory.resolve("journal").toString());
    config.setBindingsDirectory(directory.resolve("bindings").toString());
    config.setPagingDirectory(directory.resolve("paging").toString());
    config.setLargeMessagesDirectory(directory.resolve("large").toString());
    config.setNodeManagerLockDirectory(directory.resolve("lock").toString());
    config.setWildCardConfiguration(Topics.AS_IN_MQTT);
    config.setPersistenceEnabled(true).setJournalType(JournalType.NIO);
    config.setJournalFileSize(4 * 1024 * 1024).setJournalMinFiles(2);
    config.setJournalPoolFiles(2);
    config.setMinDiskFree(MIN_DISK_FREE).setMaxDiskUsage(-1);
    config.setSecurityEnabled(false).setJMXManagementEnabled(false);
    // A slow disk must not end the whole process; the beat through the broker shows it instead.
    config.setCriticalAnalyzer(false);
    config.setThreadPoolMaxSize(8).setScheduledThreadPoolMaxSize(2);
    config.setGlobalMaxSize(settings.memoryBytes());
    config.setMqttSessionScanInterval(5_000);
    config.addAddressSetting("#", addresses(AddressFullMessagePolicy.PAGE));
    Topics.POSITIONS.forEach(each -> config.addAddressSetting(each, positions()));
    config.addAddressSetting(Topics.RETAINED_POSITIONS, positions().setInitialQueueBufferSize(2));
    config.addAcceptorConfiguration(ACCEPTOR, acceptorUrl(settings));
    return config;
  }

  private static AddressSettings addresses(AddressFullMessagePolicy whenFull) {
    // Addresses are kept: deleting and making them again costs journal writes on the live path.
    return new AddressSettings()
        .setAddressFullMessagePolicy(whenFull)
        .setAutoDeleteAddresses(false)
        .setInitialQueueBufferSize(QUEUE_BUFFER)
        .setRedistributionDelay(-1)
        .setMaxDeliveryAttempts(-1);
  }

  /** A subscriber that does not read keeps the newest ones, and takes no memory from the others. */
  private static AddressSettings positions() {
    return addresses(AddressFullMessagePolicy.DROP)
        .setInitialQueueBufferSize(POSITIONS_BUFFER)
        .setDefaultRingSize(POSITIONS_A_SUBSCRIBER);
  }

  /** It opens no port: connections come from the {@link Doorway}. */
  private static String acceptorUrl(BrokerSettings settings) {
    return "tcp://127.0.0.1:0?protocols=MQTT;httpUpgradeEnabled=true;useEpoll=true"
        + ";remotingThreads=1;handshake-timeout=0;maximumPacketSize="
        + settings.maxPacketBytes()
        + ";defaultMqttSessionExpiryInterval="
        + settings.sessionExpiry().toSeconds();
  }
}
