package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.time.RoleClock;

/** P48: a sign-in holds wherever the same people are, and only there; wrong tokens harm nobody. */
final class SignInTest {
  private static final String TOKEN = "anna-token-0123456";
  private static final long NOW = 1_767_225_600_000L;

  @TempDir Path one;
  @TempDir Path two;
  private final AtomicLong millis = new AtomicLong(NOW);
  private final RoleClock clock =
      RoleClock.of(
          () -> Instant.ofEpochMilli(millis.get()),
          () -> TimeUnit.MILLISECONDS.toNanos(millis.get() - NOW));

  private static AccessSettings people(String token) {
    return new AccessSettings(
        List.of(
            new PersonSettings("anna", token, List.of()),
            new PersonSettings("otto", "otto-token-0123456", List.of())),
        Map.of());
  }

  private People gateway() {
    return new People(people(TOKEN), clock);
  }

  private static String signIn(People people) {
    return assertInstanceOf(People.SignIn.Done.class, people.signIn(TOKEN, "a")).cookie();
  }

  private static @Nullable Login by(People people, String cookie) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set("Cookie", "other=1; " + People.COOKIE + "=" + cookie);
    return people.of(headers);
  }

  private static void signOut(People people, String cookie) {
    people.signOut(new DefaultHttpHeaders().set("Cookie", People.COOKIE + "=" + cookie));
  }

  @Test
  void p48ASignInHoldsAtEachGatewayAndAfterARestart() throws Exception {
    String cookie;
    try (Rig first = new Rig(one, Rig.SETTINGS, people(TOKEN)).start();
        Rig other = new Rig(two, Rig.SETTINGS, people(TOKEN)).start()) {
      cookie = PeopleTest.signIn(first.port(), TOKEN);
      asksAndLooks(first, cookie);
      asksAndLooks(other, cookie);
    }
    try (Rig again = new Rig(two, Rig.SETTINGS, people(TOKEN)).start()) {
      asksAndLooks(again, cookie);
    }
  }

  private static void asksAndLooks(Rig rig, String cookie) throws Exception {
    assertTrue(Http.get(rig.port(), "/api/v1/session", "Cookie", cookie).body().contains("anna"));
    try (LiveClient client = LiveClient.with(rig.port(), "/live?devices=all", cookie)) {
      client.await("snapshot");
    }
  }

  @Test
  void p48AnotherTokenEndsTheSignInsOfTheOneBefore() {
    String cookie = signIn(gateway());
    assertNull(by(new People(people("anna-token-changed"), clock), cookie));
    assertNull(by(new People(otherPerson(), clock), cookie));
  }

  private static AccessSettings otherPerson() {
    return new AccessSettings(List.of(new PersonSettings("eva", TOKEN, List.of())), Map.of());
  }

  @Test
  void p48ACookieThatWasChangedAnywhereIsNobodys() {
    People people = gateway();
    String cookie = signIn(people);
    assertNotNull(by(people, cookie));
    for (int at = 0; at < cookie.length() - 1; at++) {
      char other = cookie.charAt(at) == 'A' ? 'B' : 'A';
      String changed = cookie.substring(0, at) + other + cookie.substring(at + 1);
      assertNull(by(people, changed), changed);
    }
    for (String broken : List.of("", ".", "....", "1....", cookie + "A", cookie + ".A")) {
      assertNull(by(people, broken), broken);
    }
  }

  @Test
  void p48ASignInEndsAfterTwelveHoursAtEveryGateway() {
    String cookie = signIn(gateway());
    Login login = by(gateway(), cookie);
    millis.addAndGet(People.LASTS.toMillis() - 1);
    assertNotNull(by(gateway(), cookie));
    assertTrue(login != null && login.holds(clock.nanos()));
    millis.addAndGet(1);
    assertNull(by(gateway(), cookie));
    assertFalse(login != null && login.holds(clock.nanos()));
  }

  @Test
  void p48ACookieOfAClockThatWasFarAheadDoesNotHoldForYears() {
    millis.addAndGet(TimeUnit.DAYS.toMillis(400));
    String cookie = signIn(gateway());
    millis.set(NOW);
    assertNull(by(gateway(), cookie));
  }

  @Test
  void p48WhoSignsOutWithoutEndOnlyEndsTheirOwnSignInsAndWhatIsHeldIsBounded() {
    People people = gateway();
    String early = signIn(people);
    String otto =
        assertInstanceOf(People.SignIn.Done.class, people.signIn("otto-token-0123456", "a"))
            .cookie();
    SignedOut signedOut = new SignedOut();
    SessionCookies cookies = new SessionCookies(people(TOKEN).people());
    for (int i = 0; i < 2 * SignedOut.MOST_A_PERSON; i++) {
      millis.incrementAndGet();
      String next = signIn(people);
      signOut(people, next);
      assertNull(by(people, next));
      SessionCookies.Said said = cookies.read(next);
      if (said != null) {
        signedOut.end(said);
      }
    }
    assertEquals(SignedOut.MOST_A_PERSON, signedOut.size());
    assertNull(by(people, early), "older than what was forgotten");
    assertNotNull(by(people, otto));
    millis.incrementAndGet();
    assertNotNull(by(people, signIn(people)));
  }

  @Test
  void p48ARightTokenNeverWaitsForWrongOnesAndWrongOnesAreHeldBackByAddress() {
    People people = gateway();
    for (int i = 0; i < WrongTokens.AT_ONCE; i++) {
      assertInstanceOf(People.SignIn.Nobody.class, people.signIn("wrong-" + i, "a"));
    }
    for (int i = 0; i < 1_000; i++) {
      assertInstanceOf(People.SignIn.TooMany.class, people.signIn("wrong-" + i, "a"));
      assertNotNull(by(people, signIn(people)));
    }
    assertInstanceOf(People.SignIn.Nobody.class, people.signIn("wrong", "b"));
    millis.addAndGet(2_000);
    assertInstanceOf(People.SignIn.Nobody.class, people.signIn("wrong", "a"));
  }

  @Test
  void p48AddressesThatTriedWrongTokensAreBounded() {
    WrongTokens wrong = new WrongTokens(clock);
    for (int i = 0; i < 2 * WrongTokens.MOST_ADDRESSES; i++) {
      assertTrue(wrong.take("address-" + i));
    }
    assertEquals(WrongTokens.MOST_ADDRESSES, wrong.size());
  }

  @Test
  void p48TooManyWrongTokensAreAnswered429WithWhenToTryAgain() throws Exception {
    try (Rig rig = new Rig(one, Rig.SETTINGS, people(TOKEN)).start()) {
      int status = 401;
      for (int i = 0; i < 100 && status == 401; i++) {
        status = Http.post(rig.port(), "/api/v1/session", "{\"token\":\"wrong\"}").statusCode();
      }
      assertEquals(429, status);
      var refused = Http.post(rig.port(), "/api/v1/session", "{\"token\":\"wrong\"}");
      assertTrue(refused.headers().firstValue("Retry-After").isPresent());
      assertNotNull(PeopleTest.signIn(rig.port(), TOKEN));
      assertTrue(rig.counted("sightline.gateway.rejected", "reason", "wrong-token") >= 10);
      assertTrue(rig.counted("sightline.gateway.rejected", "reason", "too-many-wrong-tokens") >= 1);
    }
  }
}
