package sightline.config;

/** Finds the defaults that a settings record states of itself. */
final class Defaults {
  private Defaults() {}

  /** The record's public constant {@code DEFAULT}. */
  static Record of(Class<?> type) {
    try {
      if (type.getField("DEFAULT").get(null) instanceof Record defaults) {
        return defaults;
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has no public DEFAULT", e);
    }
    throw new IllegalStateException(type + ".DEFAULT is no record");
  }
}
