package sightline.bench;

import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how a gateway's many clients come back. Belongs to the main thread. */
@Command(
    name = "return",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Ends a gateway of the production path with 10,000 clients; fails where one is not back"
            + " within 30 s, or the other gateway's browsers are starved.")
final class ReturnCommand implements Callable<Integer> {
  private static final int GATEWAYS = 2;

  @Option(names = "--clients", description = "of the gateway that ends")
  private int clients = 10_000;

  @Option(names = "--browsers", description = "of the other one, that watch the whole fleet")
  private int browsers = 60;

  @Option(names = "--devices", description = "of the fleet")
  private int devices = 600;

  @Option(names = "--rate", description = "positions a second of each device")
  private double rate = 2;

  @Option(names = "--how", description = "stop (SIGTERM) or kill (SIGKILL); both without it")
  private Returning.@Nullable End how;

  @Option(names = "--warmup", defaultValue = "10s", description = "before anything counts")
  private Duration warmup = Duration.ZERO;

  @Option(
      names = "--seconds",
      defaultValue = "15s",
      description = "that the browsers are looked at before each end")
  private Duration seconds = Duration.ZERO;

  @Option(
      names = "--up-command",
      arity = "1..*",
      description = "what runs the program; this checkout's ./sightline where it is not given")
  private @Nullable List<String> command;

  @Override
  public Integer call() throws IOException, InterruptedException, TimeoutException {
    Load load =
        new Load(devices, rate, browsers, Protocol.json, View.all, browsers, warmup, seconds);
    List<Returning.End> ends = how == null ? List.of(Returning.End.values()) : List.of(how);
    Progress progress = new Progress(System.err, Progress.onTerminal());
    Promptness.ask();
    progress.phase("starting `stack`");
    try (StackProcess stack = new StackProcess(SystemOptions.command(command), GATEWAYS)) {
      Run run = new Run(stack.plain(MqttVersion.MQTT_5, stack.gateway(1)), load, progress);
      List<Returning.Seen> seen =
          run.with(new Returning(stack, load, clients, ends, run.faults(), progress));
      System.out.print(Returning.Seen.head());
      seen.forEach(each -> System.out.print(each.rows()));
      boolean good = run.faults().none() && seen.stream().allMatch(Returning.Seen::good);
      System.out.println(good ? "ok" : "failed " + run.faults());
      return good ? 0 : 1;
    }
  }
}
