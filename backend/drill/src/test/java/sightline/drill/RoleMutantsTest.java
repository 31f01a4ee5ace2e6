package sightline.drill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sightline.drill.mutants.RoleMutant;

/** What holds up G1, G2 and G6 on the production path finds who breaks them. */
@Tag("slow")
final class RoleMutantsTest {
  private static RoleMutants roles;

  @BeforeAll
  static void start() throws Exception {
    roles = new RoleMutants(1, System.out);
  }

  @AfterAll
  static void stop() throws Exception {
    roles.close();
  }

  @ParameterizedTest
  @EnumSource
  void theMutantIsFoundAndTheRealRoleIsSound(RoleMutant mutant) throws Exception {
    assertTrue(roles.show(mutant));
  }
}
