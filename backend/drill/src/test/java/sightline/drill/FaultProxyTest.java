package sightline.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

final class FaultProxyTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @Test
  void silenceHoldsWhatIsSentAndACutEndsBothSides() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        FaultProxy proxy = new FaultProxy(server.getLocalPort());
        Socket near = new Socket(LOOPBACK, proxy.port());
        Socket far = server.accept()) {
      far.setSoTimeout(200);
      proxy.weather(FaultProxy.Weather.SILENT);
      near.getOutputStream().write(7);

      assertThrows(SocketTimeoutException.class, () -> far.getInputStream().read());

      far.setSoTimeout(20_000);
      proxy.weather(FaultProxy.Weather.DRIP);
      assertEquals(7, far.getInputStream().read());

      proxy.cut();
      assertThrows(IOException.class, () -> near.getInputStream().read());
      assertThrows(IOException.class, () -> far.getInputStream().read());
    }
  }
}
