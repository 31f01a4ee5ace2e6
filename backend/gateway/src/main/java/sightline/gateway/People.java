package sightline.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.time.RoleClock;

/**
 * Who may sign in, and who has, by the cookie of a request. Any thread. It holds nothing for a
 * sign-in, so that each holds at every gateway with the same people, and after a restart.
 */
final class People {
  static final String COOKIE = "sightline_session";
  static final Duration LASTS = Duration.ofHours(12);

  /** So far the clocks of two gateways may differ. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private final List<PersonSettings> people;
  private final RoleClock clock;
  private final SessionCookies cookies;
  private final SignedOut signedOut = new SignedOut();
  private final WrongTokens wrong;

  People(AccessSettings access, RoleClock clock) {
    people = access.people();
    this.clock = clock;
    cookies = new SessionCookies(people);
    wrong = new WrongTokens(clock);
  }

  /** What signing in came to. */
  sealed interface SignIn {
    /**
     * It worked.
     *
     * @param cookie what the cookie is to hold
     */
    record Done(Login login, String cookie) implements SignIn {}

    /** The token is nobody's. */
    record Nobody() implements SignIn {}

    /** It is nobody's, and too many came from the same address. */
    record TooMany() implements SignIn {}
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
    SessionCookies.Said said = said(headers);
    return said == null ? null : login(said);
  }

  /** Signs in. A right token waits for nothing; only wrong ones are counted, by their address. */
  SignIn signIn(String token, String address) {
    PersonSettings found = null;
    for (PersonSettings person : people) {
      // All are compared, each in constant time, so that an answer's time says nothing.
      if (Secrets.same(token, person.token())) {
        found = person;
      }
    }
    if (found == null) {
      return wrong.take(address) ? new SignIn.Nobody() : new SignIn.TooMany();
    }
    String cookie = cookies.write(found.name(), clock.millis() + LASTS.toMillis());
    SessionCookies.Said said = cookies.read(cookie);
    Login login = said == null ? null : login(said);
    if (login == null) {
      throw new IllegalStateException("a new sign-in does not hold");
    }
    return new SignIn.Done(login, cookie);
  }

  /** Ends the sign-in of a request, at this gateway. */
  void signOut(HttpHeaders headers) {
    SessionCookies.Said said = said(headers);
    if (said != null) {
      signedOut.end(said);
    }
  }

  private SessionCookies.@Nullable Said said(HttpHeaders headers) {
    String cookie = cookie(headers);
    return cookie == null ? null : cookies.read(cookie);
  }

  private @Nullable Login login(SessionCookies.Said said) {
    long left = said.untilMillis() - clock.millis();
    // Made by a clock that was far ahead, it would hold for years.
    if (left <= 0 || left > LASTS.plus(CLOCKS_DIFFER).toMillis() || signedOut.has(said)) {
      return null;
    }
    return Login.of(said, clock.nanos() + Duration.ofMillis(left).toNanos(), signedOut);
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
