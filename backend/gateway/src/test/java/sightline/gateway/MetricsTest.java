package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The names that dashboards and alerts are built on. */
final class MetricsTest {
  @Test
  void theFiguresHaveTheNamesOfTheContract() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    GatewayMetrics metrics = new GatewayMetrics(registry);
    metrics.clients.set(3);
    metrics.rejected("host");
    String scrape = registry.scrape();
    for (String line :
        List.of(
            "sightline_gateway_clients 3.0",
            "sightline_gateway_broadcast_seconds_bucket{le=\"0.001\"} 0",
            "sightline_gateway_broadcast_seconds_count 0",
            "sightline_gateway_conflated_total 0.0",
            "sightline_gateway_rejected_total{reason=\"host\"} 1.0",
            "sightline_ledger_total{flow=\"positions\",hop=\"gateway-in\"} 0.0",
            "sightline_ledger_total{flow=\"events\",hop=\"gateway-out\"} 0.0")) {
      assertTrue(scrape.contains(line), () -> "no " + line + " in\n" + scrape);
    }
    registry.close();
  }
}
