package sightline.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.stream.LongStream;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.mqtt.Pem;

/** What it costs to take up a key: a fleet of 600 takes up 600 of them before it drives. */
final class PemTest {
  private static final char[] PASSWORD = "none".toCharArray();

  @TempDir Path folder;

  @FunctionalInterface
  private interface Task {
    void run() throws Exception;
  }

  private static long median(int times, Task task) throws Exception {
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long begun = System.nanoTime();
      task.run();
      nanos[i] = System.nanoTime() - begun;
    }
    return LongStream.of(nanos).sorted().toArray()[times / 2];
  }

  @Test
  void aKeyCostsNoDerivationOfAPassword() throws Exception {
    Certificates made = new Certificates(folder);
    made.issue("unit", "ec -pkeyopt ec_paramgen_curve:P-256");
    KeyManagerFactory own = Pem.own(made.file("unit.crt"), made.file("unit.key"));
    assertTrue(own.getKeyManagers().length > 0);

    long ours = median(15, () -> Pem.own(made.file("unit.crt"), made.file("unit.key")));
    X509Certificate certificate;
    try (var in = Files.newInputStream(made.file("unit.crt"))) {
      certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    PrivateKey key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
    long derived = median(5, () -> protectedByPassword(key, certificate));

    assertTrue(
        ours * 4 < derived, "a key takes %d ns, with a password %d".formatted(ours, derived));
  }

  /** A key in the JDK's usual store, which derives another one from a password for it. */
  private static void protectedByPassword(PrivateKey key, X509Certificate certificate)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", key, PASSWORD, new X509Certificate[] {certificate});
    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).init(store, PASSWORD);
  }
}
