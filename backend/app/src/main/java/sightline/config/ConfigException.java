package sightline.config;

/**
 * A setting that can't be used; the message is one line that says which, where and what is allowed.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a message for the person who starts the program. */
  public ConfigException(String message) {
    super(message);
  }
}
