package sightline.drill;

import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.util.List;

/**
 * What is drilled: where it is reached, how it is struck, and how it comes back. Owned by the
 * thread that drills.
 */
interface Site extends AutoCloseable {
  /** Waits until all of it is ready, and says where it is reached. */
  Endpoints start() throws IOException, InterruptedException;

  /** How its page, API and WebSocket are reached. */
  HttpClient client();

  /** Devices and browsers are there; nothing is sent yet. */
  default void begin(Scene scene) throws IOException, InterruptedException {
    // Most need nothing of them.
  }

  /** What it saw beside what is counted for every fault; asked once, before {@link #stop}. */
  default Observed observed() throws IOException, InterruptedException {
    return Observed.NOTHING;
  }

  /** Chooses what is struck next, so that the strike itself takes no time. */
  void aim() throws IOException, InterruptedException;

  /** The fault, at once. */
  void strike() throws IOException, InterruptedException;

  /** Waits until it may come back, where the fault itself knows; whether it does. */
  default boolean hold() throws IOException, InterruptedException {
    return false;
  }

  /** Lets come back what was struck. */
  void release() throws IOException, InterruptedException;

  /** Waits until that is there again. */
  void awaitBack() throws IOException, InterruptedException;

  /** Why nothing more can come of it; empty while it runs. */
  String ended();

  /**
   * The events in its history, in the log's order.
   *
   * @param prefix with which their devices' ids begin
   */
  List<EventId> history(String prefix) throws IOException, InterruptedException, SQLException;

  /** Ends the drill of it; gives an exit code. */
  int stop() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
