package sightline.bus;

import org.jspecify.annotations.Nullable;

/** The bus did not answer; whether it took what was sent is unknown. Worth trying again later. */
public final class BusUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what was tried, for the log. */
  public BusUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
