package sightline.bench;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All browsers of a run: opens them, again where they are refused before the run, and hands what
 * they read to the answers. Owned by the generator's thread.
 */
final class Crowd {
  private static final int MOST_CONNECTING = 32;
  private static final long RETRY_MILLIS = 500;

  private final Loop loop;
  private final InetSocketAddress address;
  private final @Nullable Tls tls;
  private final byte[] request;
  private final Dialect dialect;
  private final int recorded;
  private final Faults faults;
  private final Runnable afterRead;
  private final @Nullable Browser[] browsers;
  private final @Nullable Channel[] channels;
  private final List<Recording> recordings = new ArrayList<>();
  private byte[] chunk = new byte[Loop.READ_BYTES];
  private @Nullable Answers answers;
  private @Nullable Audit audit;
  private long bytes;
  private int started;
  private boolean ended;

  Crowd(
      Loop loop,
      InetSocketAddress address,
      @Nullable Tls tls,
      byte[] request,
      Dialect dialect,
      int browsers,
      int recorded,
      Faults faults,
      Runnable afterRead) {
    this.loop = loop;
    this.address = address;
    this.tls = tls;
    this.request = request;
    this.dialect = dialect;
    this.recorded = recorded;
    this.faults = faults;
    this.afterRead = afterRead;
    this.browsers = new Browser[browsers];
    channels = new Channel[browsers];
  }

  /** Opens a few browsers more, while fewer than the run needs are open. */
  void openMore() {
    int ready = readyCount();
    while (started < browsers.length && started - ready < MOST_CONNECTING) {
      int every = Math.max(1, browsers.length / Math.max(1, recorded));
      boolean sampled = started % every == 0 && started / every < recorded;
      Recording recording = sampled && dialect.recorded() ? new Recording() : null;
      if (recording != null) {
        recordings.add(recording);
      }
      open(started++, sampled, recording);
    }
  }

  private void open(int index, boolean sampled, @Nullable Recording recording) {
    Browser browser = new Browser(index, request, dialect, sampled, this, recording);
    browsers[index] = browser;
    ChannelFuture connected =
        loop.connect(address, tls == null ? null : tls.browser(address), browser);
    channels[index] = connected.channel();
    connected
        .channel()
        .closeFuture()
        .addListener(
            done -> {
              if (answers == null && !ended) {
                loop.later(
                    () -> open(index, sampled, recording), RETRY_MILLIS, TimeUnit.MILLISECONDS);
              }
            });
  }

  int readyCount() {
    int ready = 0;
    for (Browser browser : browsers) {
      ready += browser != null && browser.ready() ? 1 : 0;
    }
    return ready;
  }

  boolean ready() {
    return readyCount() == browsers.length;
  }

  /** From now on what the browsers read counts. */
  void follow(Answers run, Audit check) {
    answers = run;
    audit = check;
  }

  List<Recording> recordings() {
    return recordings;
  }

  /** An array of at least that length, valid until the next call. */
  byte[] chunk(int length) {
    if (chunk.length < length) {
      chunk = new byte[length];
    }
    return chunk;
  }

  void afterRead() {
    afterRead.run();
  }

  /** So many bytes came from the server, encryption aside. */
  void read(int count, long readAtNanos) {
    if (answers != null && answers.open(readAtNanos)) {
      bytes += count;
    }
  }

  /** Bytes within the window. */
  long bytes() {
    return bytes;
  }

  void decoded(int device, long timestamp, BinaryReader.Place place) {
    if (audit != null) {
      audit.check(device, timestamp, place);
    }
  }

  void position(int browser, int device, long timestamp, long readAtNanos) {
    if (answers != null) {
      answers.position(browser, device, timestamp, readAtNanos);
    }
  }

  void malformed() {
    faults.add("a message that breaks the protocol's order of members");
  }

  void closed(String why) {
    if (answers != null && !ended) {
      faults.add(why);
    }
  }

  /** Each browser says goodbye; what they read no longer counts. */
  void leave() {
    ended = true;
    for (Browser browser : browsers) {
      if (browser != null) {
        browser.leave();
      }
    }
  }

  void close() {
    ended = true;
    for (Channel channel : channels) {
      if (channel != null) {
        Channels.close(channel);
      }
    }
  }
}
