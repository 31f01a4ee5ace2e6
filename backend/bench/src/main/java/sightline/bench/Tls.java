package sightline.bench;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * How the generator encrypts: browsers trust the system's own CA, and each device shows a
 * certificate of its own. Owned by the generator's thread.
 */
final class Tls {
  private final Path certificates;
  private final SslContext browsers;

  /**
   * @param certificates {@code ca.crt}, and {@code devices/ID.crt} and {@code devices/ID.key} of
   *     each device
   * @throws IOException where the CA's certificate can't be read
   */
  Tls(Path certificates) throws IOException {
    this.certificates = certificates;
    this.browsers = SslContextBuilder.forClient().trustManager(authority()).build();
  }

  private File authority() {
    return certificates.resolve("ca.crt").toFile();
  }

  SslHandler browser(InetSocketAddress address) {
    return handler(browsers, address);
  }

  SslHandler device(int device, InetSocketAddress address) {
    Path folder = certificates.resolve("devices");
    String id = DeviceIds.id(device);
    try {
      SslContext own =
          SslContextBuilder.forClient()
              .trustManager(authority())
              .keyManager(
                  folder.resolve(id + ".crt").toFile(), folder.resolve(id + ".key").toFile())
              .build();
      return handler(own, address);
    } catch (SSLException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SslHandler handler(SslContext context, InetSocketAddress address) {
    return context.newHandler(
        UnpooledByteBufAllocator.DEFAULT, address.getHostString(), address.getPort());
  }
}
