package sightline.app;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Turns the first Ctrl-C, SIGTERM or SIGHUP (where nohup has not asked to ignore that) into a
 * request to stop, and the second into an end at once. Its handler runs on the JVM's signal thread.
 */
final class Signals {
  /** What the shell expects of a program that Ctrl-C ended. */
  private static final int FORCED = 130;

  private final CountDownLatch stop = new CountDownLatch(1);

  /**
   * Threads without which a role does not do its work; those of libraries are not ours to judge.
   */
  private static final Pattern ROLES_OWN =
      Pattern.compile("(bridge|redis|hub|loop|recorder|probe|broker-watch|gateways|figures)\\b.*");

  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

  private Signals() {}

  /** Without the JVM's signals, for a test. */
  static Signals unheard() {
    return new Signals();
  }

  /** Takes the signals over from the JVM, and is told where a role's thread dies. */
  static Signals install() {
    Signals signals = new Signals();
    Thread.setDefaultUncaughtExceptionHandler(signals::died);
    try {
      // By reflection: the compiler warns of sun.misc and can't be told that this one is meant.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> signals.received();
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" ->
                        System.identityHashCode(arguments[0]) == System.identityHashCode(self);
                    default -> "the handler of INT and TERM";
                  });
      Method handle = signal.getMethod("handle", signal, handler);
      Object ignore = handler.getField("SIG_IGN").get(null);
      for (String name : List.of("INT", "TERM", "HUP")) {
        Object each = signal.getConstructor(String.class).newInstance(name);
        Object before = handle.invoke(null, each, proxy);
        if (name.equals("HUP") && ignore.equals(before)) {
          handle.invoke(null, each, before);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has no sun.misc.Signal", e);
    }
    return signals;
  }

  /** Whether a stop was asked for. */
  boolean stopping() {
    return stop.getCount() == 0;
  }

  /** Returns once a stop is asked for. */
  void await() throws InterruptedException {
    stop.await();
  }

  /** Returns true once a stop is asked for, false where it was not within a time. */
  boolean await(Duration time) throws InterruptedException {
    return stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A thread that ends by an exception says so; one of a role's own ends the process. */
  void died(Thread thread, Throwable error) {
    LoggerFactory.getLogger(Signals.class)
        .error("The thread {} has died by a defect", thread.getName(), error);
    if (ROLES_OWN.matcher(thread.getName()).matches()) {
      fail("the thread " + thread.getName() + " has died by a defect");
    }
  }

  /**
   * Asks for a stop because a role can't do its work any more; the first reason stands.
   *
   * @param why in words, for the health check and the last line
   */
  void fail(String why) {
    failure.compareAndSet(null, why);
    stop.countDown();
  }

  /** Why a role has failed, or null where none has. */
  @Nullable String failure() {
    return failure.get();
  }

  /** The exit code: one line says why it is not 0. */
  int exitCode() {
    String why = failure.get();
    if (why == null) {
      return 0;
    }
    System.err.println("sightline: ended because " + why + ".");
    return Main.REFUSED;
  }

  private Object received() {
    if (stopping()) {
      Runtime.getRuntime().halt(FORCED);
    }
    stop.countDown();
    return Void.class;
  }
}
