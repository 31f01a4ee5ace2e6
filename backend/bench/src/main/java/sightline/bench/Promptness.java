package sightline.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Asks the kernel to let the calling thread run as soon as it has something to do, so that a
 * schedule is kept on cores that the measured system also uses. Its children start without it.
 */
final class Promptness {
  private static final int FIRST_COME = 1; // SCHED_FIFO
  private static final int NOT_FOR_CHILDREN = 0x4000_0000; // SCHED_RESET_ON_FORK
  private static final int CALLING_THREAD = 0;
  private static final int PRIORITY = 5;

  private Promptness() {}

  /**
   * Asks for the calling thread.
   *
   * @return whether it was granted: Linux grants it to root and to those with CAP_SYS_NICE
   */
  @SuppressWarnings("restricted") // one call into libc, with plain numbers
  static boolean ask() {
    Linker linker = Linker.nativeLinker();
    MemorySegment function = linker.defaultLookup().find("sched_setscheduler").orElse(null);
    if (function == null) {
      return false;
    }
    MethodHandle setScheduler =
        linker.downcallHandle(
            function,
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment priority = arena.allocateFrom(ValueLayout.JAVA_INT, PRIORITY);
      int policy = FIRST_COME | NOT_FOR_CHILDREN;
      return (int) setScheduler.invokeExact(CALLING_THREAD, policy, priority) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("sched_setscheduler can't be called", e);
    }
  }
}
