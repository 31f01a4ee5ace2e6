package sightline.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import sightline.device.Device;
import sightline.device.DeviceListener;
import sightline.device.Event;
import sightline.device.Spool;
import sightline.device.SpoolLimits;

/** Sends events to a Sightline under a system call trace, one after the other. For one thread. */
final class SyncCheck {
  private static final int EVENTS = 20;
  private static final long ANSWER_SECONDS = 60;
  private static final List<String> STRACE =
      List.of(
          "strace",
          "-f",
          "-qq",
          "-y",
          "-s",
          "20000",
          "--seccomp-bpf",
          "-e",
          "signal=none",
          "-e",
          "trace=fsync,fdatasync,write,pwrite64,writev,sendto,sendmsg",
          "-o");

  private SyncCheck() {}

  /**
   * Which acknowledgements followed a completed sync.
   *
   * @throws IOException where strace is missing, or the system did not start
   */
  static SyncTrace of(Program program, Path folder) throws IOException, InterruptedException {
    Path output = folder.resolve("trace");
    List<String> tracer = new ArrayList<>(STRACE);
    tracer.add(output.toString());
    List<String> ids = new ArrayList<>();
    try (UpProcess up = new UpProcess(program.under(tracer), folder, Map.of())) {
      Endpoints endpoints = up.start();
      BlockingQueue<String> answered = new ArrayBlockingQueue<>(EVENTS);
      try (Device device = device(endpoints, answered)) {
        device.start();
        for (int i = 0; i < EVENTS; i++) {
          String id = device.send(Event.of("trigger").withId("traced-%03d".formatted(i)));
          ids.add(id);
          if (!id.equals(answered.poll(ANSWER_SECONDS, TimeUnit.SECONDS))) {
            throw new DrillStuck("waited " + ANSWER_SECONDS + " s for the answer to " + id);
          }
        }
      }
      up.stop();
    }
    SyncTrace trace = new SyncTrace(ids);
    try (BufferedReader lines = Files.newBufferedReader(output, StandardCharsets.ISO_8859_1)) {
      lines.lines().forEach(trace::line);
    }
    return trace;
  }

  private static Device device(Endpoints endpoints, BlockingQueue<String> answered) {
    return Device.builder("traced")
        .broker(endpoints.mqtt())
        .spool(Spool.inMemory(SpoolLimits.DEFAULT))
        .listener(
            new DeviceListener() {
              @Override
              public void eventAcknowledged(String id) {
                answered.add(id);
              }
            })
        .build();
  }
}
