package sightline.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import sightline.bus.BusContract;
import sightline.bus.BusUnderTest;

@Tag("slow")
final class RedisBusTest extends BusContract {
  private static @Nullable RedisServer server;

  @BeforeAll
  static void startRedis() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stopRedis() {
    running().close();
  }

  private static RedisServer running() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  @Override
  protected BusUnderTest open() {
    String _ = running().ask(redis -> redis.flushall());
    RedisBus bus = new RedisBus(running().settings(Duration.ofSeconds(10)), 1_000);
    return new BusUnderTest(bus, bus, bus);
  }
}
