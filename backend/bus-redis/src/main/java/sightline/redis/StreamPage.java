package sightline.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import sightline.bus.PositionStream.Cursor;
import sightline.bus.PositionStream.Page;
import sightline.protocol.Position;

/** A page of the stream as the script page.lua gives it. Stateless. */
final class StreamPage {
  private StreamPage() {}

  /**
   * The page.
   *
   * @param unreadable is given the number of the last position of each chunk that can't be read,
   *     and its bytes
   */
  static Page read(List<?> answer, int limit, BiConsumer<Long, byte[]> unreadable) {
    String epoch = Keys.text(answer.get(0));
    long after = Keys.number(answer.get(1));
    List<Position> found = new ArrayList<>();
    long missed = 0;
    long end = after;
    long lost = 0;
    for (Object each : (List<?>) answer.get(2)) {
      List<?> chunk = (List<?>) each;
      long last = Keys.number(chunk.get(0));
      byte[] bytes = (byte[]) chunk.get(2);
      List<Position> positions;
      try {
        positions = StoredForm.positions(bytes);
      } catch (RuntimeException e) {
        // Whatever they are: the chunks behind it are not to wait for it for ever.
        if (found.size() < limit) {
          long first = Math.max(end, last - Keys.number(chunk.get(1)));
          missed += first - end;
          lost += last - first;
          end = last;
          unreadable.accept(last, bytes);
        }
        continue;
      }
      long number = last - positions.size();
      for (Position position : positions) {
        number++;
        if (number > end && found.size() < limit) {
          // Only before the first one can there be a hole: what was dropped over the cap.
          missed += number - end - 1;
          end = number;
          found.add(position);
        }
      }
    }
    long newest = Keys.number(answer.get(3));
    return new Page(
        found, new Cursor(epoch, end), missed, newest, Keys.number(answer.get(4)), lost);
  }
}
