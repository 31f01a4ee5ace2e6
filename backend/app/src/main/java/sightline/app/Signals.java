package sightline.app;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns the first Ctrl-C, SIGTERM or SIGHUP (where nohup has not asked to ignore that) into a
 * request to stop, and the second into an end at once. Its handler runs on the JVM's signal thread.
 */
final class Signals {
  /** What the shell expects of a program that Ctrl-C ended. */
  private static final int FORCED = 130;

  private final CountDownLatch stop = new CountDownLatch(1);

  private volatile boolean failed;

  private Signals() {}

  /** Takes the signals over from the JVM. */
  static Signals install() {
    Signals signals = new Signals();
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

  /** Asks for a stop because a role has failed. */
  void fail() {
    failed = true;
    stop.countDown();
  }

  /** Whether a role has failed. */
  boolean failed() {
    return failed;
  }

  private Object received() {
    if (stopping()) {
      Runtime.getRuntime().halt(FORCED);
    }
    stop.countDown();
    return Void.class;
  }
}
