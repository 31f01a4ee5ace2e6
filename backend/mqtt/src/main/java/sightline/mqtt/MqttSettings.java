package sightline.mqtt;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The MQTT broker, and how a client shows who it is. Immutable.
 *
 * @param url its address, `mqtt://HOST:PORT`, or `mqtts://` with TLS
 * @param ca the certificates that the broker's is checked against, PEM; none: those of the JVM
 * @param certificate the client's own certificate, with its chain, PEM
 * @param key its private key, PEM (PKCS#8)
 * @param user the client's user name; empty for none
 * @param passwordFile its first line is the password of that user; none where it has none
 */
public record MqttSettings(
    String url,
    @Nullable Path ca,
    @Nullable Path certificate,
    @Nullable Path key,
    String user,
    @Nullable Path passwordFile) {
  /** A broker on this machine, without TLS. */
  public static final MqttSettings DEFAULT =
      new MqttSettings("mqtt://127.0.0.1:1883", null, null, null, "", null);

  /** Checks every field. */
  public MqttSettings {
    URI address = URI.create(url);
    boolean known = "mqtt".equals(address.getScheme()) || "mqtts".equals(address.getScheme());
    if (!known || address.getHost() == null || address.getPort() < 0) {
      throw new IllegalArgumentException("url must be mqtt://HOST:PORT or mqtts://HOST:PORT");
    }
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("certificate must come with a key, and a key with it");
    }
  }

  /**
   * The password, empty where there is none.
   *
   * @throws IOException where its file can't be read
   */
  public byte[] password() throws IOException {
    Path file = passwordFile;
    String text = file == null ? "" : Files.readString(file).lines().findFirst().orElse("");
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether it is by TLS. */
  public boolean tls() {
    return url.startsWith("mqtts:");
  }

  /** The broker's host, without brackets. */
  public String host() {
    String host = URI.create(url).getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The broker's TCP port. */
  public int port() {
    return URI.create(url).getPort();
  }

  /**
   * What the broker is checked by, read anew; null: what the JVM trusts.
   *
   * @throws IOException where the file can't be read or holds something else
   */
  public @Nullable TrustManagerFactory trusted() throws IOException {
    return ca == null ? null : Pem.trusted(ca);
  }

  /**
   * What the client shows, read anew; null: nothing.
   *
   * @throws IOException where a file can't be read or holds something else
   */
  public @Nullable KeyManagerFactory own() throws IOException {
    return certificate == null || key == null ? null : Pem.own(certificate, key);
  }
}
