package sightline.broker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.paging.PagingManager;
import org.jspecify.annotations.Nullable;

/**
 * Artemis's paging manager, with one store for all positions instead of one for each topic. A store
 * takes 9 KiB, and a device has three of these topics: its location, the fleet's mirror of it, and
 * what is retained of that. Positions are never paged, so that all a store does for them is to
 * count bytes. Called by Artemis's threads; holds nothing of its own.
 */
final class OneStore {
  /** An address of {@link Topics#POSITIONS}, for its settings. */
  static final SimpleString NAME = SimpleString.of("fleet/positions");

  private final PagingManager of;

  private OneStore(PagingManager of) {
    this.of = of;
  }

  /** A manager that does as the given one for all but positions. */
  static PagingManager forPositions(PagingManager of) {
    return (PagingManager)
        Proxy.newProxyInstance(
            OneStore.class.getClassLoader(),
            new Class<?>[] {PagingManager.class},
            new OneStore(of)::call);
  }

  private @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null
        && arguments.length == 1
        && arguments[0] instanceof SimpleString address
        && Topics.isPosition(address)) {
      return switch (method.getName()) {
        case "getPageStore" -> of.getPageStore(NAME);
        // The store stays: it is the other positions' too.
        case "deletePageStore" -> null;
        default -> throw new IllegalStateException("unknown to this program: " + method);
      };
    }
    try {
      return method.invoke(of, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
