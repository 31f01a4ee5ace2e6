package sightline.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Position;

/** A track as the pieces of an answer. One thread at a time. */
final class TrackStream implements Answer.Pieces {
  private final TrackPages pages;
  private final TrackText text;
  private @Nullable List<Position> first;
  private boolean ended;

  /**
   * A stream.
   *
   * @param first the first page, read already
   * @param pages those behind it
   */
  TrackStream(List<Position> first, TrackPages pages, TrackText text) {
    this.first = first;
    this.pages = pages;
    this.text = text;
  }

  @Override
  public @Nullable Blob next() {
    while (!ended) {
      boolean begins = first != null;
      List<Position> page = first != null ? first : pages.next();
      first = null;
      if (begins) {
        text.begin();
      }
      if (page.isEmpty()) {
        ended = true;
        text.end(pages.cutAfter());
      } else {
        page.forEach(text::add);
      }
      byte[] piece = text.take();
      if (piece.length > 0) {
        return new Blob(piece);
      }
    }
    return null;
  }
}
