package sightline.config;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads and makes records by reflection. */
final class Records {
  private Records() {}

  static @Nullable Object get(Record record, RecordComponent component) {
    try {
      Method accessor = component.getAccessor();
      open(accessor);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't read " + component, e);
    }
  }

  /**
   * A new record.
   *
   * @throws IllegalArgumentException what the record's own constructor says
   */
  static <R extends Record> R make(Class<R> type, @Nullable Object[] values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      open(constructor);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException(type + " can't be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " can't be made", e);
    }
  }

  private static void open(AccessibleObject member) {
    member.setAccessible(true);
  }
}
