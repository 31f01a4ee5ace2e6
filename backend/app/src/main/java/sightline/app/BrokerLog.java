package sightline.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Artemis logs, as one line each: what is to be expected, a client that goes while it is
 * served, is left out; of anything else, each of its codes is said once a minute. Any thread.
 */
public final class BrokerLog extends Filter<ILoggingEvent> {
  private static final Logger LOG = LoggerFactory.getLogger("Broker");
  private static final String ARTEMIS = "org.apache.activemq";
  private static final long SAID_FOR_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final Pattern CODE = Pattern.compile("AMQ[0-9]{6}");

  /** Of the MQTT protocol: a subscription, a session, a packet, a will, a publish. */
  private static final Pattern OF_A_CLIENT = Pattern.compile("AMQ83400[0-36].*", Pattern.DOTALL);

  private static final Pattern GONE =
      Pattern.compile(
          "(?i).*(session.*closed|closed.*session|connection.*(closed|destroyed|reset|disconnect)"
              + "|closedchannel|broken pipe|has been stopped|was \\[stopped\\]).*",
          Pattern.DOTALL);

  private final LongSupplier nanos;

  /** When each code was last said. Guarded by itself; its keys are Artemis's codes. */
  private final Map<String, Long> said = new HashMap<>();

  /** As the configuration of the log makes it. */
  public BrokerLog() {
    this(System::nanoTime);
  }

  BrokerLog(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    if (!event.getLoggerName().startsWith(ARTEMIS)) {
      return FilterReply.NEUTRAL;
    }
    String message = String.valueOf(event.getFormattedMessage());
    String why = cause(event.getThrowableProxy());
    boolean expected =
        OF_A_CLIENT.matcher(message).matches() && GONE.matcher(message + " " + why).matches();
    Matcher code = CODE.matcher(message);
    if (!expected && due(code.find() ? code.group() : event.getLoggerName())) {
      LOG.warn("{}{}", message.lines().findFirst().orElse(""), why.isEmpty() ? "" : ": " + why);
    }
    return FilterReply.DENY;
  }

  private static String cause(IThrowableProxy thrown) {
    IThrowableProxy root = thrown;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return root == null ? "" : (root.getClassName() + " " + root.getMessage()).replace('\n', ' ');
  }

  private boolean due(String code) {
    long now = nanos.getAsLong();
    synchronized (said) {
      Long before = said.get(code);
      if (before != null && now - before < SAID_FOR_NANOS) {
        return false;
      }
      said.put(code, now);
      return true;
    }
  }
}
