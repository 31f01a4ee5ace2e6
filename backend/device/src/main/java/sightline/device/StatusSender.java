package sightline.device;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the newest status, retained, one at a time: what is reported meanwhile replaces what
 * waits. {@link #report} is for any thread, the rest is the device thread's.
 */
final class StatusSender {
  private final DeviceSettings settings;
  private final DeviceExecutor executor;
  private final String topic;
  private final AtomicReference<Status> newest = new AtomicReference<>(Status.UNKNOWN);
  private @Nullable Link link;
  private @Nullable Status published;
  private boolean busy;

  StatusSender(DeviceSettings settings, DeviceExecutor executor) {
    this.settings = settings;
    this.executor = executor;
    topic = settings.topic("status");
  }

  void report(Status status) {
    if (!status.equals(newest.getAndSet(status))) {
      executor.execute(this::publish);
    }
  }

  void online(Link connected) {
    link = connected;
    published = null;
    busy = false;
    publish();
  }

  void offline() {
    link = null;
  }

  private void publish() {
    Link to = link;
    Status status = newest.get();
    if (to == null || busy || status.equals(published)) {
      return;
    }
    busy = true;
    published = status;
    var unused =
        to.publish(topic, settings.onlineStatus(status), 1, true)
            .whenComplete((ok, failure) -> executor.execute(() -> done(to)));
  }

  private void done(Link from) {
    if (from == link) {
      busy = false;
      publish();
    }
  }
}
