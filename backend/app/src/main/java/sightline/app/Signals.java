package sightline.app;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * Turns the first Ctrl-C or SIGTERM into a request to stop, and the second into an end at once. Its
 * handler runs on the JVM's signal thread.
 */
final class Signals {
  /** What the shell expects of a program that Ctrl-C ended. */
  private static final int FORCED = 130;

  private final CountDownLatch stop = new CountDownLatch(1);

  private volatile boolean failed;

  private Signals() {}

  /** Takes the two signals over from the JVM. */
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
      for (String name : new String[] {"INT", "TERM"}) {
        Object each = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, each, proxy);
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
