package sightline.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may see whom; docs/architecture.md draws it. */
final class ModuleRulesTest {
  private static final List<String> ROLES =
      List.of("bridge", "gateway", "simulator", "probe", "broker", "history");

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("sightline");

  private static void holds(ArchRule rule) {
    rule.allowEmptyShould(true).check(OURS);
  }

  private static String[] packages(List<String> modules) {
    return modules.stream().map(module -> "sightline." + module + "..").toArray(String[]::new);
  }

  @Test
  void theRulesSeeTheProgram() {
    for (String module : List.of("protocol", "bus", "history", "broker", "app", "config")) {
      assertFalse(
          OURS.that(JavaClass.Predicates.resideInAPackage("sightline." + module)).isEmpty(),
          module);
    }
  }

  @ParameterizedTest
  @FieldSource("ROLES")
  void rolesNeverImportOneAnother(String role) {
    List<String> others =
        ROLES.stream()
            .filter(other -> !other.equals(role))
            .filter(other -> !(other.equals("history") && mayUseHistory(role)))
            .toList();
    holds(
        noClasses()
            .that()
            .resideInAPackage("sightline." + role + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages(others)));
  }

  private static boolean mayUseHistory(String role) {
    return role.equals("bridge") || role.equals("gateway");
  }

  @Test
  void bridgeAndGatewayUseHistoryByItsPortsAlone() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackages("sightline.app..", "sightline.history..")
            .should()
            .dependOnClassesThat(
                new DescribedPredicate<>("are stores") {
                  @Override
                  public boolean test(JavaClass type) {
                    return type.getPackageName().startsWith("sightline.history")
                        && type.getSimpleName().startsWith("Sqlite");
                  }
                }));
  }

  @Test
  void onlyAppSeesTheBroker() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackages("sightline.app..", "sightline.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("sightline.broker.."));
  }

  @Test
  void onlyAppSeesRedis() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackages("sightline.app..", "sightline.redis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("sightline.redis..", "io.lettuce.."));
  }

  @Test
  void onlyAppSeesPostgres() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackages("sightline.app..", "sightline.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("sightline.postgres..", "org.postgresql..", "com.zaxxer.."));
  }

  @Test
  void nobodySeesApp() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("sightline.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("sightline.app.."));
  }

  @Test
  void theMqttClientStaysInsideBridgeDeviceAndProbe() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackages(packages(List.of("bridge", "device", "probe")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hivemq.."));
  }

  @Test
  void theDeviceSdkStandsAlone() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("sightline.device..")
            .should()
            .dependOnClassesThat(
                JavaClass.Predicates.resideInAPackage("sightline..")
                    .and(JavaClass.Predicates.resideOutsideOfPackage("sightline.device.."))));
  }

  @Test
  void theProtocolDoesNoInputOrOutput() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("sightline.protocol..")
            .should()
            .dependOnClassesThat(
                JavaClass.Predicates.resideInAnyPackage(
                        "java.net..",
                        "javax.net..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.sql..",
                        "io.netty..",
                        "com.hivemq..")
                    .or(
                        JavaClass.Predicates.belongToAnyOf(
                            File.class,
                            FileInputStream.class,
                            FileOutputStream.class,
                            Thread.class))));
  }
}
