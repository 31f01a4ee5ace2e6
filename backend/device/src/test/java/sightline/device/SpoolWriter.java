package sightline.device;

import java.nio.file.Path;

/** A process that spools events, and prints the id of each once it is kept, until it is killed. */
final class SpoolWriter {
  private SpoolWriter() {}

  public static void main(String[] args) throws Exception {
    try (Spool spool = Spool.onDisk(Path.of(args[0]))) {
      spool.open();
      for (int i = 0; i < 9_000; i++) {
        String id = "e" + i;
        spool.append(id, SpoolContractTest.payload(id));
        System.out.println(id);
        System.out.flush();
      }
    }
  }
}
