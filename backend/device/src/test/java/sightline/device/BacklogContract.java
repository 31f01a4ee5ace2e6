package sightline.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every backlog must keep to. */
abstract class BacklogContract {
  abstract Backlog open(int capacity) throws SpoolException;

  @Test
  void shedsTheOldestWhenItIsFullAndCountsThem() throws Exception {
    try (Backlog backlog = open(16)) {
      add(backlog, 1, 40);
      assertTrue(backlog.size() <= 16 && backlog.size() >= 14, backlog.size() + " wait");
      assertEquals(40, backlog.size() + backlog.shed());
      Backlog.Chunk left = backlog.after(0, 1_000);
      assertNotNull(left);
      assertTrue(text(left).endsWith(",39,40]}"), text(left));
      assertEquals(backlog.size(), left.size());
    }
  }

  @Test
  void handsOutAllInOrderInArraysWithinTheLimit() throws Exception {
    try (Backlog backlog = open(10_000)) {
      for (int seq = 1; seq <= 3_300; seq++) {
        backlog.add(seq, Location.at(47.1, 9.5).encode(1_000 + seq, seq));
      }
      long after = 0;
      int count = 0;
      for (Backlog.Chunk chunk; (chunk = backlog.after(after, 16_000)) != null; ) {
        assertTrue(chunk.payload("b").length <= 16_100);
        count += chunk.size();
        after = chunk.last();
      }
      assertEquals(3_300, count);
      assertEquals(3_300, backlog.size(), "nothing is gone before it is answered");
    }
  }

  @Test
  void whatIsAnsweredIsGoneInWhateverOrderTheAnswersCome() throws Exception {
    try (Backlog backlog = open(10_000)) {
      add(backlog, 1, 2_500);
      List<Backlog.Chunk> chunks = new ArrayList<>();
      long after = 0;
      for (Backlog.Chunk chunk; (chunk = backlog.after(after, 800)) != null; ) {
        chunks.add(chunk);
        after = chunk.last();
      }
      Backlog.Chunk late = chunks.remove(3);
      for (Backlog.Chunk chunk : chunks.reversed()) {
        backlog.remove(chunk);
      }
      assertEquals(late.size(), backlog.size());
      Backlog.Chunk left = backlog.after(0, 100_000);
      assertNotNull(left);
      assertEquals(late.numbers(), left.numbers());
      backlog.remove(left);
      backlog.remove(left);
      assertNull(backlog.after(0, 100));
      assertEquals(0, backlog.size());
      assertEquals(0, backlog.shed());
    }
  }

  static void add(Backlog backlog, int from, int to) throws IOException {
    for (int seq = from; seq <= to; seq++) {
      backlog.add(seq, ("" + seq).getBytes(US_ASCII));
    }
  }

  static String text(Backlog.@Nullable Chunk chunk) {
    return chunk == null ? "" : new String(chunk.payload("b"), US_ASCII);
  }
}
