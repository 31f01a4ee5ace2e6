package sightline.drill;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sightline.device.Device;
import sightline.device.DeviceExecutor;
import sightline.device.Location;
import sightline.device.Spool;
import sightline.device.SpoolException;
import sightline.device.SpoolLimits;

/**
 * A process of devices that report a position each second until it is killed. Belongs to its main
 * thread.
 */
final class DoomedDevices {
  private DoomedDevices() {}

  /** Arguments: the broker's URL, with what their ids begin, and how many. */
  public static void main(String[] arguments) throws SpoolException, InterruptedException {
    DeviceExecutor executor = new DeviceExecutor("doomed", 1);
    List<Device> devices = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      Device device =
          Device.builder(arguments[1] + i)
              .broker(URI.create(arguments[0]))
              .kind("sensor")
              .spool(Spool.inMemory(SpoolLimits.DEFAULT))
              .executor(executor)
              .build();
      device.start();
      devices.add(device);
    }
    CountDownLatch never = new CountDownLatch(1);
    do {
      devices.forEach(device -> device.report(Location.at(47.1, 9.5)));
    } while (!never.await(1, TimeUnit.SECONDS));
  }
}
