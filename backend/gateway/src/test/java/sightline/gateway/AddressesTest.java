package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AddressesTest {
  private static final Addresses ADDRESSES = new Addresses(List.of("127.0.0.1"));

  private static String of(String socket, String forwarded) {
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(socket, 1);
          }
        };
    HttpHeaders headers = new DefaultHttpHeaders().add("X-Forwarded-For", forwarded);
    return ADDRESSES.of(channel, headers);
  }

  @Test
  void onlyATrustedProxysWordCountsAndTheLastOfIt() {
    assertEquals("192.0.2.7", of("127.0.0.1", "10.1.1.1, 192.0.2.7"));
    assertEquals("192.0.2.1", of("192.0.2.1", "192.0.2.7"));
  }

  /** Who has one address of a network has all of them. */
  @Test
  void anIpv6NetworkIsOneAddressBehindAProxyToo() {
    String one = of("127.0.0.1", "2001:db8:0:1::1");
    assertEquals(one, of("127.0.0.1", "2001:db8:0:1:ffff::2"));
    assertEquals(one, of("2001:db8:0:1::3", ""));
  }

  @Test
  void whatIsNoAddressIsTheProxys() {
    assertEquals("127.0.0.1", of("127.0.0.1", "192.0.2.7:4711"));
    assertEquals("127.0.0.1", of("127.0.0.1", "somebody"));
    assertEquals("127.0.0.1", of("127.0.0.1", ""));
  }
}
