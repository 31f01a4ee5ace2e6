package sightline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what one turn of the floor's loop has read and writes it to every browser as one frame.
 * Owned by that loop.
 */
final class FloorFan {
  private static final byte[] SNAPSHOT =
      Motion.ascii("{\"type\":\"snapshot\",\"devices\":[],\"more\":false}");
  private static final byte[] UPDATE_HEAD = Motion.ascii("{\"type\":\"update\",\"n\":");
  private static final byte[] DEVICES = Motion.ascii(",\"devices\":[");
  private static final byte[] END = Motion.ascii("]}");
  private static final int HEADER_ROOM = 10;

  private final EventLoop loop;
  private final List<Channel> browsers = new ArrayList<>();
  private @Nullable ByteBuf gathered;
  private long number;

  FloorFan(EventLoop loop) {
    this.loop = loop;
  }

  void join(Channel browser) {
    ByteBuf snapshot = browser.alloc().buffer();
    snapshot.writeZero(HEADER_ROOM).writeBytes(SNAPSHOT);
    Channels.send(browser, framed(snapshot));
    browsers.add(browser);
    browser.closeFuture().addListener(closed -> browsers.remove(browser));
  }

  /** Takes a device's JSON from the buffer. */
  void publish(ByteBuf from, int length) {
    ByteBuf frame = gathered;
    if (frame == null) {
      frame = PooledByteBufAllocator.DEFAULT.directBuffer(4_096);
      frame.writeZero(HEADER_ROOM).writeBytes(UPDATE_HEAD);
      frame.writeBytes(Motion.ascii(Long.toString(++number))).writeBytes(DEVICES);
      gathered = frame;
      loop.execute(this::flush);
    } else {
      frame.writeByte(',');
    }
    frame.writeBytes(from, length);
  }

  private void flush() {
    ByteBuf frame = gathered;
    if (frame == null) {
      return;
    }
    gathered = null;
    framed(frame.writeBytes(END));
    for (Channel browser : browsers) {
      if (browser.isWritable()) {
        Channels.send(browser, frame.retainedDuplicate());
      } else {
        Channels.close(browser);
      }
    }
    frame.release();
  }

  /** Puts the header of a text frame into the room before the payload. */
  private static ByteBuf framed(ByteBuf buffer) {
    int length = buffer.readableBytes() - HEADER_ROOM;
    int header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
    int start = HEADER_ROOM - header;
    buffer.setByte(start, 0x80 | ClientFrames.TEXT);
    switch (header) {
      case 2 -> buffer.setByte(start + 1, length);
      case 4 -> buffer.setByte(start + 1, 126).setShort(start + 2, length);
      default -> buffer.setByte(start + 1, 127).setLong(start + 2, length);
    }
    return buffer.readerIndex(start);
  }
}
