package sightline.history;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import sightline.protocol.DeviceEvent;

/** Whether text can be stored as UTF-8 and read back as it was. Stateless. */
public final class Unicode {
  private Unicode() {}

  /** What is wrong with an event's text, or null. */
  public static @Nullable String problem(DeviceEvent event) {
    boolean sound =
        isSound(event.device())
            && isSound(event.id())
            && isSound(event.type())
            && isSound(event.severity())
            && isSound(event.message())
            && isSound(event.data());
    return sound ? null : "a text of it is not valid Unicode: half of a surrogate pair";
  }

  /** The text with a question mark for each half of a surrogate pair. */
  public static String repaired(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static boolean isSound(@Nullable String text) {
    return text == null
        || text.codePoints()
            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
