package sightline.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import sightline.time.RoleClock;

/**
 * Who may sign in and who has, by the cookie of a request. Any thread; what it holds is bounded,
 * and ends with the process.
 */
final class People {
  static final String COOKIE = "sightline_session";
  static final Duration LASTS = Duration.ofHours(12);

  private static final int MOST_LOGINS = 10_000;
  private static final int ID_BYTES = 32;
  private static final int ATTEMPTS_A_SECOND = 10;

  private final List<PersonSettings> people;
  private final RoleClock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Login> logins = new ConcurrentHashMap<>();
  private final TokenBucket attempts;

  People(AccessSettings access, RoleClock clock) {
    people = access.people();
    this.clock = clock;
    attempts = new TokenBucket(ATTEMPTS_A_SECOND, ATTEMPTS_A_SECOND, clock.nanos());
  }

  /** Whether nobody has to sign in. */
  boolean open() {
    return people.isEmpty();
  }

  /** The sign-in that a request bears, or null where it must sign in first. */
  @Nullable Login of(HttpHeaders headers) {
    if (open()) {
      return Login.OPEN;
    }
    String id = cookie(headers);
    return id == null ? null : login(id);
  }

  /** A new sign-in's id for its cookie, or null where the token is nobody's. */
  @Nullable String signIn(String token) {
    if (!attempts.take(clock.nanos())) {
      return null;
    }
    byte[] given = token.getBytes(StandardCharsets.UTF_8);
    Person found = null;
    for (PersonSettings person : people) {
      // All are compared, each in constant time, so that an answer's time says nothing.
      if (MessageDigest.isEqual(given, person.token().getBytes(StandardCharsets.UTF_8))) {
        found = new Person(person.name(), permission(person));
      }
    }
    return found == null ? null : admit(found);
  }

  /** Signs someone in who needs no token; gives the id for the cookie. */
  String admit(Person person) {
    makeRoom();
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    logins.put(id, new Login(person, clock.nanos() + LASTS.toNanos()));
    return id;
  }

  /** The sign-in of an id, or null where it has ended. */
  @Nullable Login login(String id) {
    Login login = logins.get(id);
    return login != null && login.holds(clock.nanos()) ? login : null;
  }

  void signOut(HttpHeaders headers) {
    String id = cookie(headers);
    Login login = id == null ? null : logins.remove(id);
    if (login != null) {
      login.end();
    }
  }

  private void makeRoom() {
    if (logins.size() >= MOST_LOGINS) {
      long now = clock.nanos();
      logins.values().removeIf(login -> !login.holds(now));
      if (logins.size() >= MOST_LOGINS) {
        logins.values().forEach(Login::end);
        logins.clear();
      }
    }
  }

  /** What someone may see. */
  static Permission permission(PersonSettings person) {
    return person.groups().contains("*")
        ? Permission.LOCAL
        : new Permission(false, new HashSet<>(person.groups()));
  }

  private static @Nullable String cookie(HttpHeaders headers) {
    for (String header : headers.getAll(HttpHeaderNames.COOKIE)) {
      for (Cookie cookie : ServerCookieDecoder.LAX.decode(header)) {
        if (cookie.name().equals(COOKIE)) {
          return cookie.value();
        }
      }
    }
    return null;
  }
}
