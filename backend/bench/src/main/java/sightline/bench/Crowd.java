package sightline.bench;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All browsers of a run: opens them, again where they are refused before the run, and hands what
 * the sampled of them read to the answers. Owned by the generator's thread.
 */
final class Crowd {
  private static final int MOST_CONNECTING = 32;
  private static final long RETRY_MILLIS = 500;

  private final Loop loop;
  private final Target target;
  private final Dialect dialect;
  private final Load load;
  private final byte[] request;
  private final Sample sample;
  private final int recorded;
  private final Faults faults;
  private final Runnable afterRead;
  private final @Nullable Browser[] browsers;
  private final @Nullable Channel[] channels;
  private final long[] bytes;
  private final List<Recording> recordings = new ArrayList<>();
  private byte[] chunk = new byte[Loop.READ_BYTES];
  private @Nullable Answers answers;
  private @Nullable Audit audit;
  private int started;
  private boolean ended;

  /**
   * @param load how many there are, and which of them read everything
   * @param recorded how many decode everything, at once or after the run
   */
  Crowd(Loop loop, Target target, Load load, int recorded, Faults faults, Runnable afterRead) {
    this.loop = loop;
    this.target = target;
    this.load = load;
    dialect = target.dialect(load.protocol());
    String host = target.live().getHostString() + ":" + target.live().getPort();
    request = Handshake.request(host, target.livePath(), dialect);
    sample = load.sampled();
    this.recorded = Math.min(recorded, sample.size());
    this.faults = faults;
    this.afterRead = afterRead;
    browsers = new Browser[sample.browsers()];
    channels = new Channel[sample.browsers()];
    bytes = new long[sample.browsers()];
  }

  /** Opens a few browsers more, while fewer than the run needs are open. */
  void openMore() {
    int ready = readyCount();
    while (started < browsers.length && started - ready < MOST_CONNECTING) {
      open(started++);
    }
  }

  private void open(int index) {
    boolean audited = audited(index);
    Recording recording = audited && dialect.recorded() ? new Recording() : null;
    if (recording != null) {
      recordings.add(recording);
    }
    Browser browser = new Browser(index, sample.place(index), dialect, audited, this, recording);
    browsers[index] = browser;
    Tls tls = target.tls();
    ChannelFuture connected =
        loop.connect(target.live(), tls == null ? null : tls.browser(target.live()), browser);
    channels[index] = connected.channel();
    connected
        .channel()
        .closeFuture()
        .addListener(
            done -> {
              if (answers == null && !ended) {
                loop.later(() -> open(index), RETRY_MILLIS, TimeUnit.MILLISECONDS);
              }
            });
  }

  /** Whether it is one of the few, spread over the sample, that decode everything. */
  private boolean audited(int index) {
    int place = sample.place(index);
    int every = Math.max(1, sample.size() / Math.max(1, recorded));
    return place >= 0 && place % every == 0 && place / every < recorded;
  }

  byte[] greeting(int browser) {
    View view = target instanceof Target.Floor ? View.all : load.view();
    return dialect.greeting(browser, view, load.devices());
  }

  byte[] request() {
    return request;
  }

  int readyCount() {
    int ready = 0;
    for (Browser browser : browsers) {
      ready += browser != null && browser.isReady() ? 1 : 0;
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

  @Nullable Browser browser(int index) {
    return browsers[index];
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

  /** A browser read so many bytes, encryption aside. */
  void read(int browser, int count, long readAtNanos) {
    if (answers != null && answers.open(readAtNanos)) {
      bytes[browser] += count;
    }
  }

  /** What each browser read within the window, in bytes. */
  Traffic traffic() {
    return Traffic.of(bytes, sample);
  }

  void decoded(int device, long timestamp, BinaryReader.Place place) {
    if (audit != null) {
      audit.check(device, timestamp, place);
    }
  }

  /** A sampled browser, by its place in the sample, read a position. */
  void position(int place, int device, long timestamp, long readAtNanos) {
    if (answers != null) {
      answers.position(place, device, timestamp, readAtNanos);
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
