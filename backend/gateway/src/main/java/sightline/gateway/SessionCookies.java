package sightline.gateway;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads what a sign-in's cookie holds: who, until when, and a signature by a key that
 * comes of that person's token. So every gateway with the same people knows it, also one that has
 * just started, and with another token it ends. Any thread.
 */
final class SessionCookies {
  private static final String VERSION = "1";
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PURPOSE = "sightline session 1\0";
  private static final int PARTS = 5;
  private static final int LONGEST = 512;
  private static final int ID_BYTES = 16;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Signer> signers = new HashMap<>();

  private record Signer(Person person, SecretKeySpec key) {}

  /**
   * What a cookie says, whose signature is right.
   *
   * @param id of this sign-in alone
   * @param untilMillis when it ends by its age, epoch ms
   */
  record Said(Person person, String id, long untilMillis) {}

  SessionCookies(List<PersonSettings> people) {
    for (PersonSettings settings : people) {
      Person person = new Person(settings.name(), People.permission(settings));
      byte[] token = settings.token().getBytes(StandardCharsets.UTF_8);
      byte[] key =
          sign(
              new SecretKeySpec(token, ALGORITHM),
              (PURPOSE + settings.name()).getBytes(StandardCharsets.UTF_8));
      signers.put(settings.name(), new Signer(person, new SecretKeySpec(key, ALGORITHM)));
    }
  }

  /** A new one. */
  String write(String name, long untilMillis) {
    Signer signer = signers.get(name);
    if (signer == null) {
      throw new IllegalArgumentException("nobody is called " + name);
    }
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String said =
        String.join(
            ".",
            VERSION,
            ENCODER.encodeToString(name.getBytes(StandardCharsets.UTF_8)),
            Long.toString(untilMillis),
            ENCODER.encodeToString(id));
    return said + "." + ENCODER.encodeToString(signature(signer, said));
  }

  /** What one says, or null where it is not ours; whether it holds still is not looked at. */
  @Nullable Said read(String cookie) {
    String[] parts = cookie.length() > LONGEST ? new String[0] : cookie.split("\\.", -1);
    if (parts.length != PARTS || !parts[0].equals(VERSION)) {
      return null;
    }
    try {
      Base64.Decoder decoder = Base64.getUrlDecoder();
      Signer signer = signers.get(new String(decoder.decode(parts[1]), StandardCharsets.UTF_8));
      String said = cookie.substring(0, cookie.lastIndexOf('.'));
      if (signer == null
          || !MessageDigest.isEqual(signature(signer, said), decoder.decode(parts[4]))) {
        return null;
      }
      return new Said(signer.person(), parts[3], Long.parseLong(parts[2]));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] signature(Signer signer, String said) {
    return sign(signer.key(), said.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sign(SecretKeySpec key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
