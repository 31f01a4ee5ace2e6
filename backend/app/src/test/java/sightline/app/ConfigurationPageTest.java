package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ConfigurationPageTest {
  private static final Path ROOT = Path.of(System.getProperty("sightline.root", "../.."));

  @Test
  void thePageOfSettingsSaysWhatTheRecordsSay() throws Exception {
    String expected = ConfigurationPage.write(ROOT.resolve("backend"));
    Path written = Files.writeString(Path.of("configuration.md").toAbsolutePath(), expected);
    Path page = ROOT.resolve("docs/configuration.md");
    assertEquals(
        expected, Files.isRegularFile(page) ? Files.readString(page) : "", "copy " + written);
  }
}
