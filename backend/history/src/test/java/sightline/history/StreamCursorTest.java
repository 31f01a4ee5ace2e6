package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.bus.PositionStream.Cursor;

final class StreamCursorTest {
  @Test
  void aCursorComesBackFromItsText() {
    Cursor cursor = new Cursor("4f:2a-1", 1_234_567_890_123L);

    assertEquals("1:1234567890123:4f:2a-1", StreamCursor.format(cursor));
    assertEquals(cursor, StreamCursor.parse(StreamCursor.format(cursor)));
    assertEquals(Cursor.START, StreamCursor.parse(StreamCursor.format(Cursor.START)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1:2", "2:5:e", "1:x:e", "1::e"})
  void aTextOfAnotherFormMeansTheBeginning(String text) {
    assertEquals(Cursor.START, StreamCursor.parse(text));
  }
}
