package sightline.bridge;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.mqtt.MqttSettings;
import sightline.time.Outage;

/**
 * One MQTT connection that comes back by itself, with a new client each time: a fenced bridge must
 * be able to stop it for good. A virtual thread of its own connects and waits; messages come on the
 * client's thread.
 */
final class MqttLink implements MqttPublisher, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MqttLink.class);
  private static final long ANSWER_SECONDS = 5;
  private static final long READ_ONCE_SECONDS = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final long DEFECT_SAID_FOR_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String name;
  private final MqttSettings settings;
  private final Lease lease;
  private final Mqtt5Connect connect;
  private final Mqtt5Subscribe subscribe;
  private final @Nullable String readOnce;
  private final Receiver receiver;
  private final BridgeMetrics metrics;
  private final LongSupplier nanos;
  private final Sleep sleep;
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong defectSaid = new AtomicLong(Long.MIN_VALUE);

  /** Owned by the link's thread. */
  private final Outage outage;

  private final Thread thread;
  private final Executor executor;
  private volatile @Nullable Mqtt5AsyncClient client;
  private volatile boolean ready;
  private volatile boolean closing;

  /** Takes each message, on the client's thread; while it blocks, the broker is held back. */
  interface Receiver {
    /**
     * A message by connection number {@code connection}; acknowledged by whoever has dealt with it.
     */
    void receive(Mqtt5Publish message, long connection);
  }

  /** Waits; a test's does not. */
  interface Sleep {
    void sleep(Duration time) throws InterruptedException;
  }

  /**
   * Not started yet.
   *
   * @param readOnce a filter among the subscriptions that is given up once its retained messages
   *     have had time to come
   */
  MqttLink(
      String name,
      MqttSettings settings,
      Lease lease,
      Mqtt5Connect connect,
      Mqtt5Subscribe subscribe,
      @Nullable String readOnce,
      Receiver receiver,
      BridgeMetrics metrics,
      LongSupplier nanos) {
    this(
        name,
        settings,
        lease,
        connect,
        subscribe,
        readOnce,
        receiver,
        metrics,
        nanos,
        Thread::sleep);
  }

  /** With a clock and a way to wait by it. */
  MqttLink(
      String name,
      MqttSettings settings,
      Lease lease,
      Mqtt5Connect connect,
      Mqtt5Subscribe subscribe,
      @Nullable String readOnce,
      Receiver receiver,
      BridgeMetrics metrics,
      LongSupplier nanos,
      Sleep sleep) {
    this.name = name;
    this.settings = settings;
    this.lease = lease;
    this.connect = connect;
    this.subscribe = subscribe;
    this.readOnce = readOnce;
    this.receiver = receiver;
    this.metrics = metrics;
    this.nanos = nanos;
    this.sleep = sleep;
    outage = new Outage(nanos, () -> ThreadLocalRandom.current().nextDouble(), LONGEST_PAUSE);
    thread = Thread.ofVirtual().name(name).unstarted(this::run);
    ThreadFactory threads = Thread.ofPlatform().daemon().name(name + "-mqtt").factory();
    executor = task -> threads.newThread(task).start();
  }

  void start() {
    thread.start();
  }

  /** Whether it is connected and subscribed. */
  boolean ready() {
    return ready;
  }

  /** The number of the connection by which it is ready, 0 while it is not. */
  long connection() {
    return ready ? connections.get() : 0;
  }

  private void run() {
    try {
      while (!closing) {
        attempt();
        if (!closing) {
          sleep.sleep(outage.pause());
        }
      }
    } catch (InterruptedException e) {
      log.debug("{} has stopped", name);
    }
  }

  private void attempt() throws InterruptedException {
    try {
      // One that slept must not take the session from its successor.
      if (lease.holds()) {
        connectOnce();
        away("the connection was lost");
      } else {
        away("this bridge may not be the active one");
      }
    } catch (ExecutionException | TimeoutException | IOException | RuntimeException e) {
      away(reason(e));
    }
  }

  private void away(String why) {
    if (!closing && outage.failed()) {
      log.warn("{} can't use the broker at {}, and tries again: {}", name, settings.url(), why);
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String said = cause.getMessage();
    return said == null || said.isBlank() ? cause.getClass().getSimpleName() : said;
  }

  private void connectOnce()
      throws InterruptedException, ExecutionException, TimeoutException, IOException {
    Semaphore gone = new Semaphore(0);
    long connection = connections.incrementAndGet();
    Mqtt5AsyncClient fresh = client(gone);
    fresh.publishes(
        MqttGlobalPublishFilter.ALL, message -> deliver(message, connection), Runnable::run, true);
    try {
      // Before it is connected: what waits in the session comes with the connection, and is
      // answered by it before this thread may have gone on.
      client = fresh;
      await(fresh.connect(connect));
      await(fresh.subscribe(subscribe));
      ready = true;
      if (outage.succeeded()) {
        log.info("{} is connected to the broker at {}", name, settings.url());
      }
      if (readOnce != null && !gone.tryAcquire(READ_ONCE_SECONDS, TimeUnit.SECONDS)) {
        await(fresh.unsubscribeWith().topicFilter(readOnce).send());
        gone.acquire();
      } else if (readOnce == null) {
        gone.acquire();
      }
    } finally {
      ready = false;
      client = null;
      if (fresh.getState() == MqttClientState.CONNECTED) {
        leave(fresh);
      }
    }
  }

  /**
   * A defect in handling a message ends nothing: the client would cut the connection, and the same
   * message would come by the next. It is acknowledged, so that it does not come again for ever.
   */
  private void deliver(Mqtt5Publish message, long connection) {
    try {
      receiver.receive(message, connection);
    } catch (RuntimeException | StackOverflowError e) {
      metrics.defects.increment();
      long now = nanos.getAsLong();
      long said = defectSaid.get();
      if ((said == Long.MIN_VALUE || now - said >= DEFECT_SAID_FOR_NANOS)
          && defectSaid.compareAndSet(said, now)) {
        log.error(
            "{} could not handle a message on {} by a defect (more of the next minute are only"
                + " counted)",
            name,
            message.getTopic(),
            e);
      }
      acknowledge(message);
    }
  }

  private static void acknowledge(Mqtt5Publish message) {
    try {
      message.acknowledge();
    } catch (IllegalStateException e) {
      log.debug("It was acknowledged before: {}", e.toString());
    }
  }

  private Mqtt5AsyncClient client(Semaphore gone) throws IOException {
    Mqtt5ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("sightline-" + name)
            .serverHost(settings.host())
            .serverPort(settings.port())
            .executorConfig()
            .nettyExecutor(executor)
            .nettyThreads(1)
            .applyExecutorConfig()
            .addDisconnectedListener(context -> gone.release());
    if (settings.tls()) {
      builder =
          builder.sslConfig(
              MqttClientSslConfig.builder()
                  .protocols(List.of("TLSv1.3", "TLSv1.2"))
                  .trustManagerFactory(settings.trusted())
                  .keyManagerFactory(settings.own())
                  .build());
    }
    if (!settings.user().isEmpty()) {
      builder =
          builder
              .simpleAuth()
              .username(settings.user())
              .password(settings.password())
              .applySimpleAuth();
    }
    return builder.buildAsync();
  }

  private static <T> void await(CompletableFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    T _ = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
  }

  private static void leave(Mqtt5AsyncClient client) {
    try {
      await(client.disconnect());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.debug("No clean disconnect: {}", e.toString());
    }
  }

  @Override
  public CompletableFuture<?> publish(String topic, byte[] payload, int qos, boolean retain) {
    Mqtt5AsyncClient current = client;
    if (current == null) {
      metrics.publishErrors.increment();
      return CompletableFuture.failedFuture(new IOException("not connected to the broker"));
    }
    return current
        .publishWith()
        .topic(topic)
        .payload(payload)
        .qos(qos == 0 ? MqttQos.AT_MOST_ONCE : MqttQos.AT_LEAST_ONCE)
        .retain(retain)
        .send()
        .exceptionallyCompose(this::notPublished);
  }

  /**
   * What the broker refuses, it refuses again; what is lost with the connection is not yet done.
   */
  private CompletableFuture<@Nullable Mqtt5PublishResult> notPublished(Throwable error) {
    metrics.publishErrors.increment();
    Throwable cause = error.getCause() == null ? error : error.getCause();
    return error instanceof Mqtt5PubAckException || cause instanceof Mqtt5PubAckException
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(error);
  }

  /** Disconnects for good, within 5 s. */
  @Override
  public void close() {
    closing = true;
    Mqtt5AsyncClient current = client;
    if (current != null) {
      leave(current);
    }
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(ANSWER_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
