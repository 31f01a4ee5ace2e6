package sightline.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of the events: the ledger against every witness. Immutable.
 *
 * @param acknowledged events that a device was told are recorded
 * @param lost acknowledged events that at least one witness lacks
 * @param unexpected events that a witness has and no device sent
 * @param duplicated events that a witness has more than once
 * @param disordered events that a witness has behind a later one of the same device
 * @param unanswered events that nobody acknowledged by the end
 * @param findings a few of them, each with its witness, for people
 */
record Counts(
    int acknowledged,
    int lost,
    int unexpected,
    int duplicated,
    int disordered,
    int unanswered,
    List<String> findings) {
  private static final int FINDINGS = 10;

  Counts {
    findings = List.copyOf(findings);
  }

  /** Whether something was promised, and all of it was kept. */
  boolean clean() {
    return acknowledged > 0 && lost + unexpected + duplicated + disordered + unanswered == 0;
  }

  static Counts of(Map<EventId, Ledger.Sent> ledger, List<Witness> witnesses) {
    return new Counting(ledger).count(witnesses);
  }

  /** The sets while they are being filled; for one thread. */
  private static final class Counting {
    private final Map<EventId, Ledger.Sent> ledger;
    private final Set<EventId> lost = new HashSet<>();
    private final Set<EventId> unexpected = new HashSet<>();
    private final Set<EventId> duplicated = new HashSet<>();
    private final Set<EventId> disordered = new HashSet<>();
    private final List<String> findings = new ArrayList<>();

    Counting(Map<EventId, Ledger.Sent> ledger) {
      this.ledger = ledger;
    }

    Counts count(List<Witness> witnesses) {
      witnesses.forEach(this::hear);
      List<Ledger.Sent> acknowledged =
          ledger.values().stream().filter(Ledger.Sent::acknowledged).toList();
      for (Witness witness : witnesses) {
        Set<EventId> has = new HashSet<>(witness.recorded());
        for (Ledger.Sent event : acknowledged) {
          if (!has.contains(event.id())) {
            find(lost, "lost", event.id(), witness);
          }
        }
      }
      return new Counts(
          acknowledged.size(),
          lost.size(),
          unexpected.size(),
          duplicated.size(),
          disordered.size(),
          ledger.size() - acknowledged.size(),
          findings);
    }

    private void hear(Witness witness) {
      Set<EventId> seen = new HashSet<>();
      Map<String, Integer> last = new HashMap<>();
      for (EventId id : witness.recorded()) {
        Ledger.Sent event = ledger.get(id);
        if (event == null) {
          find(unexpected, "unexpected", id, witness);
        } else if (!seen.add(id)) {
          find(duplicated, "duplicated", id, witness);
        } else {
          Integer before = last.put(id.device(), event.number());
          if (before != null && before > event.number()) {
            find(disordered, "out of order", id, witness);
          }
        }
      }
    }

    private void find(Set<EventId> among, String what, EventId id, Witness witness) {
      if (among.add(id) && findings.size() < FINDINGS) {
        findings.add(what + ": " + id + " (" + witness.name() + ")");
      }
    }
  }
}
