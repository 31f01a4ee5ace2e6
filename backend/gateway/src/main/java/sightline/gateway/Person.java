package sightline.gateway;

/**
 * Who asks: their name, as acknowledgements bear it, and what they may see. Immutable.
 *
 * @param name of the settings, or {@code local}
 */
record Person(String name, Permission permission) {
  /** Everyone at this machine, where nobody has to sign in. */
  static final Person LOCAL = new Person("local", Permission.LOCAL);
}
