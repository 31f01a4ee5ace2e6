package sightline.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MemoryBacklogTest extends BacklogContract {
  @Override
  Backlog open(int capacity) {
    return new MemoryBacklog(capacity);
  }

  @Test
  void givesWhatCameBackLateInItsPlace() {
    MemoryBacklog backlog = new MemoryBacklog(10);
    for (int seq : new int[] {2, 3, 1}) {
      backlog.add(seq, ("" + seq).getBytes(US_ASCII));
    }
    assertEquals("{\"id\":\"b\",\"locations\":[1,2,3]}", text(backlog.after(0, 100)));
  }
}
