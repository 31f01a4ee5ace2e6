package sightline.device;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An event could not be kept: it was not accepted, and nobody else will deliver it. */
public class SpoolException extends IOException {
  public SpoolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
