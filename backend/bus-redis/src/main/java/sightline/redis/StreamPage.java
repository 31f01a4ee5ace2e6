package sightline.redis;

import java.util.ArrayList;
import java.util.List;
import sightline.bus.PositionStream.Cursor;
import sightline.bus.PositionStream.Page;
import sightline.protocol.Position;

/** A page of the stream as the script page.lua gives it. Stateless. */
final class StreamPage {
  private StreamPage() {}

  static Page read(List<?> answer, int limit) {
    String epoch = Keys.text(answer.get(0));
    long after = Keys.number(answer.get(1));
    List<Position> found = new ArrayList<>();
    long missed = 0;
    long end = after;
    for (Object each : (List<?>) answer.get(2)) {
      List<?> chunk = (List<?>) each;
      long last = Keys.number(chunk.get(0));
      List<Position> positions = StoredForm.positions((byte[]) chunk.get(2));
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
    return new Page(found, new Cursor(epoch, end), missed, newest, Keys.number(answer.get(4)));
  }
}
