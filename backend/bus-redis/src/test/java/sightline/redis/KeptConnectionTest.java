package sightline.redis;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class KeptConnectionTest {
  /** Without its thread there would be no connection to Redis for good, and nobody would say so. */
  @Test
  void aDefectInOpeningAConnectionIsAnOutageAndNotTheEndOfItsThread() throws Exception {
    CountDownLatch attempts = new CountDownLatch(3);
    try (KeptConnection<StatefulRedisConnection<byte[], byte[]>> kept =
        new KeptConnection<>(
            "test",
            Duration.ofMillis(100),
            () -> {
              attempts.countDown();
              throw new IllegalStateException("a defect");
            },
            connection -> {},
            connection -> true)) {
      kept.start(() -> {});
      assertTrue(attempts.await(20, TimeUnit.SECONDS), "it is tried again");
      assertNull(kept.current());
    }
  }
}
