package sightline.drill;

import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Redis killed and started with nothing, or with what it had some seconds before. Owned by the
 * thread that drills.
 */
final class RedisRestart extends StackSite {
  private static final String FILES = "appendonlydir";
  private static final long OLDER_MILLIS = 3_000;

  private final boolean old;

  RedisRestart(StackProcess stack, RandomGenerator random, boolean old) throws IOException {
    super(stack, old ? Fault.REDIS_OLD : Fault.REDIS_EMPTY, random);
    this.old = old;
  }

  @Override
  public void aim() throws IOException, InterruptedException {
    super.aim();
    if (old) {
      Files.createDirectories(copy().getParent());
      run("rm", "-rf", copy().toString());
      run("cp", "-a", folder().resolve(FILES).toString(), copy().toString());
      Thread.sleep(OLDER_MILLIS);
    }
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    Path files = folder().resolve(FILES);
    stack().hold("redis");
    super.strike();
    while (stack().parts().named("redis").pid() == struck().pid()) {
      Thread.onSpinWait();
    }
    run("rm", "-rf", files.toString());
    if (old) {
      run("cp", "-a", copy().toString(), files.toString());
    }
    stack().release("redis");
  }

  @Override
  public void release() throws IOException {
    stack().release("redis");
  }

  private Path copy() {
    return stack().folder().resolve("old-redis");
  }

  private Path folder() throws IOException {
    RedisClient redis = RedisClient.create(stack().parts().named("redis").url());
    try (var connection = redis.connect()) {
      return Path.of(connection.sync().configGet("dir").getOrDefault("dir", ""));
    } finally {
      redis.shutdown();
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(List.of(command) + " failed");
    }
  }
}
