package sightline.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What was last refused of a unit, or left out of what it published, and how much in all.
 * Immutable.
 *
 * @param count how much since the bridge knows the unit
 * @param time when the last of it was received, epoch ms by the bridge's clock
 * @param topic the last part of its topic, such as {@code location}
 * @param reason a word of {@link RejectReason}
 * @param field which field, or null where it is the payload as a whole
 * @param detail in words, without anything of the payload
 */
public record Refused(
    long count, long time, String topic, String reason, @Nullable String field, String detail) {

  /** One more, after those of an earlier one, or of none. */
  public Refused after(@Nullable Refused earlier) {
    return earlier == null
        ? this
        : new Refused(earlier.count + count, time, topic, reason, field, detail);
  }

  /** Appends it as a JSON object. */
  public void write(JsonOut out) {
    out.open('{').name("count").number(count).name("time").number(time);
    out.name("topic").string(topic).name("reason").string(reason);
    if (field != null) {
      out.name("field").string(field);
    }
    out.name("detail").string(detail).close('}');
  }
}
