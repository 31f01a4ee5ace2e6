package sightline.probe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.mqtt.Pem;

/**
 * One browser of each gateway, all by the same address: whoever distributes them gives any gateway,
 * so it connects until it has each by its name. The probe's thread's.
 */
final class Browsers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Browsers.class);
  private static final int TRIES_EACH = 4;

  private final ProbeSettings settings;
  private final String key;
  private final Map<String, Browser> held = new HashMap<>();
  private @Nullable HttpClient http;

  Browsers(ProbeSettings settings, String key) {
    this.settings = settings;
    this.key = key;
  }

  /** The one of a gateway, or null where it could not be had. */
  @Nullable Browser of(String gateway) {
    return held.get(gateway);
  }

  /** Gives up one that saw nothing: its connection may be dead without a word. */
  void drop(String gateway) {
    Browser browser = held.remove(gateway);
    if (browser != null) {
      browser.close();
    }
  }

  /** Connects until each gateway is held, or for as long as a measurement may take. */
  void hold() throws InterruptedException {
    for (String gateway : settings.gateways()) {
      Browser browser = held.get(gateway);
      if (browser != null && browser.ended()) {
        drop(gateway);
      }
    }
    // Kept open meanwhile: whoever goes by the fewest connections then gives another.
    List<Browser> others = new ArrayList<>();
    long end = System.nanoTime() + settings.within().toNanos();
    int tries = TRIES_EACH * settings.gateways().size();
    try {
      while (held.size() < settings.gateways().size() && tries-- > 0 && System.nanoTime() < end) {
        connect(others, end);
      }
    } finally {
      others.forEach(Browser::close);
    }
  }

  private void connect(List<Browser> others, long end) throws InterruptedException {
    Browser browser = null;
    try {
      browser =
          new Browser(
              http(), URI.create(settings.url()), key, settings.device(), settings.within());
      browser.await(end);
      boolean wanted = settings.gateways().contains(browser.server());
      if (wanted && held.putIfAbsent(browser.server(), browser) == null) {
        browser = null;
      }
    } catch (ExecutionException | TimeoutException | IOException e) {
      LOG.debug("no gateway at {}: {}", settings.url(), e.toString());
    } finally {
      if (browser != null) {
        others.add(browser);
      }
    }
  }

  private HttpClient http() throws IOException {
    HttpClient client = http;
    if (client == null) {
      client = open();
      http = client;
    }
    return client;
  }

  private HttpClient open() throws IOException {
    HttpClient.Builder builder = HttpClient.newBuilder();
    if (settings.ca() != null) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, Pem.trusted(settings.ca()).getTrustManagers(), null);
        builder.sslContext(context);
      } catch (GeneralSecurityException e) {
        throw new IOException("no TLS: " + e.getMessage(), e);
      }
    }
    return builder.build();
  }

  @Override
  public void close() {
    held.values().forEach(Browser::close);
    held.clear();
    if (http != null) {
      http.shutdownNow();
    }
  }
}
