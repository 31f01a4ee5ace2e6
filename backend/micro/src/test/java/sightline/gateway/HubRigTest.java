package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured is what a turn does. */
final class HubRigTest {
  @ParameterizedTest
  @EnumSource(Wire.class)
  void eachTurnTellsTheWholeFleetsView(Wire wire) {
    HubRig rig = new HubRig();
    rig.lookAtAll(wire);
    for (int i = 0; i < 500; i++) {
      assertEquals(1, rig.turn());
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void eachTurnTellsTheCellsOfCities(Wire wire) {
    HubRig rig = new HubRig();
    rig.lookAtCities(wire);
    for (int i = 0; i < 500; i++) {
      assertTrue(rig.turn() > 1);
    }
  }
}
