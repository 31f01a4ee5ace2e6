package sightline.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The Redis client of one process, and its threads. Opened and closed by one thread. */
final class RedisClients implements AutoCloseable {
  private static final int THREADS = 2;

  /** A new connection's first answer may take this long; calls have a bound of their own. */
  private static final Duration GREETING = Duration.ofSeconds(3);

  private static final long END_MILLIS = 2_000;

  private final ClientResources resources;
  private final RedisClient client;

  RedisClients(RedisSettings settings) {
    // Lettuce wants at least two; each connection has one of them.
    resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .build();
    client = RedisClient.create(resources, address(settings));
    client.setOptions(
        ClientOptions.builder()
            // KeptConnection does it: what is written before hot state is rewritten must fail.
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(settings.queueCommands())
            .socketOptions(SocketOptions.builder().connectTimeout(settings.timeout()).build())
            .build());
  }

  RedisClient client() {
    return client;
  }

  private static RedisURI address(RedisSettings settings) {
    URI url = URI.create(settings.url());
    RedisURI.Builder builder =
        RedisURI.builder()
            .withHost(url.getHost())
            .withPort(url.getPort())
            .withSsl("rediss".equals(url.getScheme()))
            .withTimeout(GREETING);
    if (!settings.user().isEmpty()) {
      builder.withAuthentication(settings.user(), settings.password().toCharArray());
    } else if (!settings.password().isEmpty()) {
      builder.withPassword(settings.password().toCharArray());
    }
    return builder.build();
  }

  @Override
  public void close() {
    client.shutdown(0, END_MILLIS, TimeUnit.MILLISECONDS);
    resources.shutdown(0, END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(END_MILLIS);
  }
}
