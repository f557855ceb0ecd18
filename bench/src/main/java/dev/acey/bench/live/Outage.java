package dev.acey.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Live calls at a steady pace while log-service is down for a minute, then PostgreSQL for another;
 * or, with the argument {@code kill}, while rollout-service is killed three times. Then every
 * answer that reached a client is looked for among the log entries.
 *
 * <p>Settings: {@code -Dacey.bench.rate} (200 a second).
 */
public final class Outage {

    private static final double RATE =
            Double.parseDouble(System.getProperty("acey.bench.rate", "200"));
    private static final String TASK = "outage";
    private static final int LATENCY_MILLIS = 20;

    private final AceySystem system;
    private final Http http = new Http();
    private final Pace pace;
    private Histogram cold;

    private Outage(AceySystem system, Pace pace) {
        this.system = system;
        this.pace = pace;
    }

    /** Run from the repository's root; ends with 1 where an answer has no entry, or two. */
    public static void main(String[] arguments) {
        boolean kill = arguments.length > 0 && arguments[0].equals("kill");
        Vertx vertx = Vertx.vertx();
        boolean good;
        try (AceySystem system = AceySystem.start();
                StubModel stub = new StubModel(vertx, LATENCY_MILLIS);
                Calls calls =
                        new Calls(
                                vertx,
                                system.gateway("/v1/chat/completions"),
                                TASK,
                                1_000,
                                false)) {
            Outage outage = new Outage(system, new Pace(vertx, calls, RATE));
            outage.prepare(stub);
            if (kill) {
                outage.killRouter();
            } else {
                outage.takeAway();
            }
            good = outage.compare();
        }
        vertx.close();
        System.exit(good ? 0 : 1);
    }

    private void prepare(StubModel stub) {
        Routes.set(system, http, stub, TASK);
        http.put(
                system.service("rollout", "/internal/flags/" + TASK),
                "{\"candidate\": \"bench-next\", \"salt\": \"outage\", \"weight\": 2000,"
                        + " \"shadowShare\": 1000}");
        cold = pace.phase(20);
    }

    private void takeAway() {
        Histogram before = pace.phase(30);
        Histogram noLog;
        try (Absence absence = new Absence(() -> system.kill("log"))) {
            noLog = pace.phase(60);
        }
        Histogram after = pace.phase(15);
        Histogram noDatabase;
        try (Absence absence = new Absence(system::killPostgres)) {
            noDatabase = pace.phase(60);
        }
        Histogram end = pace.phase(15);
        pace.settle();
        print("just started", cold, before);
        print("before", before, before);
        print("log-service down", noLog, before);
        print("log-service back", after, before);
        print("PostgreSQL down", noDatabase, before);
        print("PostgreSQL back", end, before);
    }

    private void killRouter() {
        for (int i = 0; i < 3; i++) {
            pace.phase(15);
            system.kill("rollout");
            pace.phase(15);
            system.awaitHealthy();
        }
        pace.phase(10);
        pace.settle();
    }

    private static void print(String phase, Histogram times, Histogram before) {
        System.out.printf(
                "%-18s %6d requests   ms p50 %7.1f p99 %7.1f max %7.1f   p99 to before %.2f%n",
                phase,
                times.getTotalCount(),
                times.getValueAtPercentile(50) / 1e3,
                times.getValueAtPercentile(99) / 1e3,
                times.getMaxValue() / 1e3,
                (double) times.getValueAtPercentile(99) / before.getValueAtPercentile(99));
    }

    private boolean compare() {
        system.awaitHealthy();
        http.awaitShipped(system.service("rollout", "/"));
        Map<String, Integer> live = new HashMap<>();
        int shadows = 0;
        Map<String, Integer> errors = new TreeMap<>();
        try (Stream<JsonNode> lines =
                http.lines(system.gateway("/api/logs/export?taskType=" + TASK))) {
            for (JsonNode line : (Iterable<JsonNode>) lines::iterator) {
                if (line.at("/context/environment").asText().equals("shadow")) {
                    shadows++;
                } else {
                    live.merge(line.get("id").asText(), 1, Integer::sum);
                    if (line.path("error").isObject()) {
                        errors.merge(line.at("/error/type").asText(), 1, Integer::sum);
                    }
                }
            }
        }
        Set<String> lost = new HashSet<>(pace.answered());
        lost.removeAll(live.keySet());
        long twice = live.values().stream().filter(n -> n > 1).count();
        System.out.printf(
                "asked %d, failed %s, answered %d%n",
                pace.asked(), pace.failures(), pace.answered().size());
        System.out.printf(
                "entries %d (of them errors %s), shadow entries %d%n",
                live.size(), errors, shadows);
        System.out.printf("answers without an entry %d, entries twice %d%n", lost.size(), twice);
        return lost.isEmpty() && twice == 0;
    }
}
