package sightline.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Reads certificates and keys; each time anew, as they expire. Stateless. */
public final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);
  private static final char[] IN_MEMORY = "none".toCharArray();

  /**
   * A store that never leaves memory needs no password against guessing. The default kind derives
   * keys from one, ten thousand rounds each: 0.1 s of processor time for each key that it takes.
   */
  private static final String STORE = "JKS";

  private Pem() {}

  /**
   * Trusts the certificates of a file alone.
   *
   * @throws IOException where it can't be read or holds something else
   */
  public static TrustManagerFactory trusted(Path ca) throws IOException {
    try {
      KeyStore store = empty();
      int number = 0;
      for (Certificate certificate : certificates(ca)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS: " + e.getMessage(), e);
    }
  }

  /**
   * Shows a certificate, with its chain, by its private key (PKCS#8).
   *
   * @throws IOException where a file can't be read or holds something else
   */
  public static KeyManagerFactory own(Path certificate, Path key) throws IOException {
    try {
      KeyStore store = empty();
      Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
      store.setKeyEntry("own", privateKey(key), IN_MEMORY, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, IN_MEMORY);
      return factory;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS: " + e.getMessage(), e);
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(STORE);
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException(file + " holds no certificate");
      }
      return found;
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    Matcher found = KEY.matcher(Files.readString(file));
    if (!found.find()) {
      throw new IOException(file + " holds no private key in PKCS#8 (openssl pkcs8 -topk8)");
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // One of another kind.
      }
    }
    throw new IOException(file + " holds a key that is neither EC, RSA nor Ed25519");
  }
}
