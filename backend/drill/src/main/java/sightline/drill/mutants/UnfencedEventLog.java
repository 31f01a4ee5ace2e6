package sightline.drill.mutants;

import java.util.List;
import sightline.history.EventLog;
import sightline.history.FencedOut;
import sightline.history.ForwardingEventLog;
import sightline.protocol.DeviceEvent;

/** Writes under whatever token the log will take. For any thread. */
final class UnfencedEventLog extends ForwardingEventLog {
  UnfencedEventLog(EventLog log) {
    super(log);
  }

  @Override
  public List<Appended> append(long token, List<DeviceEvent> events) {
    while (true) {
      try {
        return super.append(Math.max(token, fence()), events);
      } catch (FencedOut e) {
        // The fence was raised since it was read, as where the process was stopped in between.
      }
    }
  }
}
