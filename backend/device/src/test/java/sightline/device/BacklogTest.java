package sightline.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BacklogTest {

  @Test
  void shedsTheOldestWhenItIsFullAndCountsThem() {
    Backlog backlog = new Backlog(3);
    for (int seq = 1; seq <= 5; seq++) {
      backlog.add(seq, bytes("" + seq));
    }
    assertEquals("[3,4,5]", text(backlog.oldest(100)));
    assertEquals(2, backlog.shed());
    assertEquals(3, backlog.size());
  }

  @Test
  void givesWhatCameBackLateInItsPlace() {
    Backlog backlog = new Backlog(10);
    backlog.add(2, bytes("2"));
    backlog.add(3, bytes("3"));
    backlog.add(1, bytes("1"));
    assertEquals("[1,2,3]", text(backlog.oldest(100)));
  }

  @Test
  void handsOutAllInOrderInArraysWithinTheLimit() {
    Backlog backlog = new Backlog(1_000);
    for (int seq = 0; seq < 300; seq++) {
      backlog.add(seq, Location.at(47.1, 9.5).encode(1_000 + seq, seq));
    }
    List<Long> seqs = new ArrayList<>();
    for (Backlog.Chunk chunk; (chunk = backlog.oldest(16 << 10)) != null; ) {
      assertTrue(chunk.payload().length <= 16 << 10);
      seqs.addAll(chunk.seqs());
      backlog.remove(chunk);
    }
    assertEquals(300, seqs.size());
    assertEquals(seqs.stream().sorted().toList(), seqs);
  }

  @Test
  void isEmptyAfterAllWasDelivered() {
    Backlog backlog = new Backlog(10);
    backlog.add(1, bytes("1"));
    Backlog.Chunk chunk = backlog.oldest(100);
    assertNotNull(chunk);
    backlog.remove(chunk);
    assertNull(backlog.oldest(100));
    assertEquals(0, backlog.size());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  private static String text(Backlog.@Nullable Chunk chunk) {
    return chunk == null ? "" : new String(chunk.payload(), US_ASCII);
  }
}
