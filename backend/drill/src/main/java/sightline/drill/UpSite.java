package sightline.drill;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Sightline in one process, killed whole. Owned by the thread that drills. */
final class UpSite implements Site {
  private final UpProcess up;
  private final HttpClient client = HttpClient.newHttpClient();

  UpSite(Program program, Path folder) {
    up = new UpProcess(program, folder, Map.of());
  }

  @Override
  public Endpoints start() throws IOException, InterruptedException {
    return up.start();
  }

  @Override
  public HttpClient client() {
    return client;
  }

  @Override
  public void aim() {
    // There is one process.
  }

  @Override
  public void strike() throws InterruptedException {
    up.kill();
  }

  @Override
  public void release() throws IOException {
    up.launch();
  }

  @Override
  public void awaitBack() throws IOException, InterruptedException {
    up.awaitReady();
  }

  @Override
  public String ended() {
    return up.isAlive() ? "" : "`up` has ended by itself; its log is " + up.log();
  }

  @Override
  public List<EventId> history(String prefix) throws IOException, SQLException {
    return HistoryFile.events(up.data()).stream().filter(id -> id.isOf(prefix)).toList();
  }

  @Override
  public int stop() throws IOException, InterruptedException {
    return up.stop();
  }

  @Override
  public void close() {
    client.shutdownNow();
    up.close();
  }
}
