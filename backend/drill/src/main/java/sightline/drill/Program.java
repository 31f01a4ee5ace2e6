package sightline.drill;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which program is drilled: a main class on our own class path, and what comes before its command.
 * Immutable.
 *
 * @param wrapper a command that runs it, such as a tracer; empty for none
 * @param mainClass whose {@code main} is called
 * @param first arguments before {@code up}
 */
public record Program(List<String> wrapper, String mainClass, List<String> first) {
  /** How the launcher starts Sightline: more flags and its class path, one a line. */
  private static final String LAUNCHED = "sightline.drill.java";

  /** Sightline as it is. */
  public static final Program SIGHTLINE = new Program(List.of(), "sightline.app.Main", List.of());

  public Program {
    wrapper = List.copyOf(wrapper);
    first = List.copyOf(first);
  }

  /** The same under a tracer or the like. */
  Program under(List<String> command) {
    return new Program(command, mainClass, first);
  }

  /** The command line, with the flags that the launcher gives too. */
  public List<String> command(List<String> arguments) {
    List<String> line = new ArrayList<>(wrapper);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "-Dfile.encoding=UTF-8"));
    String launched = System.getProperty(LAUNCHED);
    if (launched != null && mainClass.equals(SIGHTLINE.mainClass)) {
      line.addAll(List.of(launched.split("\n", -1)));
    } else {
      line.addAll(List.of("-cp", classPath()));
    }
    line.add(mainClass);
    line.addAll(first);
    line.addAll(arguments);
    return line;
  }

  /** The command line of `stack`, which starts the program's roles as the launcher does. */
  static List<String> stack(List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-Xmx128m", "-Dfile.encoding=UTF-8"));
    line.add("-Dsightline.root=" + System.getProperty("sightline.root", "."));
    String launched = System.getProperty(LAUNCHED);
    if (launched != null) {
      line.add("-Dsightline.stack.java=" + launched);
    }
    line.addAll(List.of("-cp", classPath(), "sightline.stack.Main"));
    line.addAll(arguments);
    return line;
  }

  /** The command line of devices that are to be killed. */
  static List<String> devices(List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-Xmx128m", "-Dfile.encoding=UTF-8"));
    line.addAll(List.of("-cp", classPath(), "sightline.drill.DoomedDevices"));
    line.addAll(arguments);
    return line;
  }

  /** The command line of a process that only computes. */
  static List<String> burner(List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-Xmx64m"));
    line.addAll(List.of("-cp", classPath(), "sightline.drill.Burner"));
    line.addAll(arguments);
    return line;
  }

  /** Our own; absolute, because the program runs in another folder. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
