package dev.acey.bench.live;

import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What the way through gateway and router costs: the same requests to the same stub directly,
 * through nginx, through two plain proxies (the gateway's own, twice, without router, rules or
 * record), and through gateway and router with everything on; at half load each gets half of what
 * everything on can take. All is warm; rounds take turns, so that a noisy minute spoils none alone.
 *
 * <p>The processor time of each process is taken until all entries are shipped: what is done after
 * an answer is part of its cost. So is what was still to be shipped when the last answer came:
 * {@code shipped/s} counts the answers by the time until nothing was.
 *
 * <p>Settings: {@code -Dacey.bench.nginx} names nginx's program (left out without it), {@code
 * -Dacey.bench.seconds} a measurement's length (10), {@code -Dacey.bench.rounds} (3).
 */
public final class PathCost {

    private static final int SECONDS = Integer.getInteger("acey.bench.seconds", 10);
    private static final int ROUNDS = Integer.getInteger("acey.bench.rounds", 3);
    private static final String NGINX = System.getProperty("acey.bench.nginx");
    private static final String TASK = "path-cost";
    private static final String CHAT = "/v1/chat/completions";
    private static final String PLAIN = "two plain hops";
    private static final String ON = "everything on";
    private static final int BUSY = 16;
    private static final int MOST_WARMING = 16;
    private static final double FASTER = 1.03;
    private static final int PLAIN_PORT = 8095 + AceySystem.PORT_OFFSET;
    private static final int NGINX_PORT = 8097 + AceySystem.PORT_OFFSET;

    private final Vertx vertx;
    private final Http http;
    private final URI router;
    private final ProcessorTime processors = new ProcessorTime();
    private final Map<String, Measured> measured = new LinkedHashMap<>();

    private PathCost(Vertx vertx, Http http, URI router) {
        this.vertx = vertx;
        this.http = http;
        this.router = router;
    }

    /** All rounds of one way. */
    private static final class Measured {
        private final URI at;
        private final List<Double> perSecond = new ArrayList<>();
        private final List<Double> shippedPerSecond = new ArrayList<>();
        private final Map<String, Double> taken = new LinkedHashMap<>();
        private long answers;
        private long unshipped;
        private final Histogram alone = histogram();
        private final Histogram half = histogram();
        private final LongAdder failed = new LongAdder();

        Measured(URI at) {
            this.at = at;
        }
    }

    /** Run from the repository's root. */
    public static void main(String[] arguments) throws IOException {
        Vertx vertx = Vertx.vertx();
        Http http = new Http();
        Path folder = Files.createTempDirectory("acey-path");
        try (AceySystem system = AceySystem.start();
                StubModel stub = new StubModel(vertx, 0);
                PlainGateway second = new PlainGateway(PLAIN_PORT + 1, stub.baseUrl(), folder);
                PlainGateway first = new PlainGateway(PLAIN_PORT, second.url(), folder);
                Nginx nginx =
                        NGINX == null
                                ? null
                                : new Nginx(NGINX, NGINX_PORT, stub.baseUrl(), folder)) {
            Routes.set(system, http, stub, TASK);
            PathCost cost = new PathCost(vertx, http, system.service("rollout", "/"));
            cost.processors.part("client, stub", () -> List.of(ProcessHandle.current()));
            if (nginx != null) {
                cost.processors.part("nginx", nginx::processes);
            }
            cost.processors.part("1st hop", first::processes);
            cost.processors.part("2nd hop", second::processes);
            for (String service : List.of("gateway", "rollout", "log")) {
                ProcessHandle process = system.process(service);
                cost.processors.part(service, () -> List.of(process));
            }
            cost.processors.part("PostgreSQL", system::postgres);
            cost.way("direct", stub.baseUrl().resolve(CHAT));
            if (nginx != null) {
                cost.way("nginx", nginx.url().resolve(CHAT));
            }
            cost.way(PLAIN, first.url().resolve(CHAT));
            cost.way(ON, system.gateway(CHAT));
            cost.warm();
            http.awaitShipped(cost.router);
            for (int round = 0; round < ROUNDS; round++) {
                cost.round();
            }
            cost.print();
            cost.printTaken();
        }
        vertx.close();
    }

    private void way(String name, URI at) {
        measured.put(name, new Measured(at));
    }

    /** Until it gets no faster, twice: compilers share the processors with what they compile. */
    private void warm() {
        measured.forEach(
                (name, way) -> {
                    double best = 0;
                    int noFaster = 0;
                    for (int i = 0; i < MOST_WARMING && noFaster < 2; i++) {
                        double rate = closed(way, BUSY, 2 * SECONDS, histogram());
                        noFaster = rate > best * FASTER ? 0 : noFaster + 1;
                        best = Math.max(best, rate);
                    }
                });
    }

    private void round() {
        measured.forEach(
                (name, way) -> {
                    busy(way);
                    closed(way, 1, SECONDS, way.alone);
                    http.awaitShipped(router);
                });
        double half = last(measured.get(ON)) / 2;
        measured.forEach(
                (name, way) -> {
                    paced(way, half);
                    http.awaitShipped(router);
                });
    }

    private void busy(Measured way) {
        Map<String, Double> before = processors.taken();
        long start = System.nanoTime();
        double perSecond = closed(way, BUSY, SECONDS, histogram());
        double seconds = (System.nanoTime() - start) / 1e9;
        way.unshipped += http.unshipped(router);
        http.awaitShipped(router);
        double answers = perSecond * seconds;
        way.perSecond.add(perSecond);
        way.shippedPerSecond.add(answers / ((System.nanoTime() - start) / 1e9));
        way.answers += Math.round(answers);
        processors
                .taken()
                .forEach((part, s) -> way.taken.merge(part, s - before.get(part), Double::sum));
    }

    /** Each connection asks again as soon as it is answered. */
    private double closed(Measured way, int connections, int seconds, Histogram times) {
        try (Calls calls = new Calls(vertx, way.at, TASK, connections, false)) {
            long start = System.nanoTime();
            long end = start + seconds * 1_000_000_000L;
            LongAdder answers = new LongAdder();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                Promise<Void> done = Promise.promise();
                all.add(done.future());
                vertx.runOnContext(x -> again(calls, way, end, times, answers, done));
            }
            Wait.on(Future.all(all));
            return answers.sum() / ((System.nanoTime() - start) / 1e9);
        }
    }

    private void again(
            Calls calls,
            Measured way,
            long end,
            Histogram times,
            LongAdder answers,
            Promise<Void> done) {
        long asked = System.nanoTime();
        if (asked > end) {
            done.complete();
            return;
        }
        calls.ask("key-" + asked % 5_000)
                .onComplete(
                        answer -> {
                            times.recordValue((System.nanoTime() - asked) / 1_000);
                            if (answer.failed() || answer.result().status() != 200) {
                                way.failed.increment();
                            } else {
                                answers.increment();
                            }
                            again(calls, way, end, times, answers, done);
                        });
    }

    private void paced(Measured way, double perSecond) {
        try (Calls calls = new Calls(vertx, way.at, TASK, 4 * BUSY, false)) {
            Pace pace = new Pace(vertx, calls, perSecond);
            way.half.add(pace.phase(SECONDS));
            pace.settle();
            pace.failures().values().forEach(n -> way.failed.add(n.sum()));
        }
    }

    private void print() {
        Measured direct = measured.get("direct");
        System.out.printf(
                "%-16s %10s %10s   %-30s %-30s %s%n",
                "",
                "answers/s",
                "shipped/s",
                "1 connection: p50, p99 added",
                "half load: p50, p99 added",
                "failed");
        measured.forEach(
                (name, way) ->
                        System.out.printf(
                                "%-16s %10.0f %10.0f   %8.3f ms %8.3f ms          %8.3f ms %8.3f ms        %d%n",
                                name,
                                median(way.perSecond),
                                median(way.shippedPerSecond),
                                added(way.alone, direct.alone, 50),
                                added(way.alone, direct.alone, 99),
                                added(way.half, direct.half, 50),
                                added(way.half, direct.half, 99),
                                way.failed.sum()));
        double on = median(measured.get(ON).perSecond);
        System.out.printf(
                "everything on is %.2f of two plain hops%s; %d entries a round were still to be"
                        + " shipped at its end, with them it is %.2f%n",
                on / median(measured.get(PLAIN).perSecond),
                measured.containsKey("nginx")
                        ? ", %.2f of nginx".formatted(on / median(measured.get("nginx").perSecond))
                        : "",
                measured.get(ON).unshipped / ROUNDS,
                median(measured.get(ON).shippedPerSecond)
                        / median(measured.get(PLAIN).shippedPerSecond));
    }

    private void printTaken() {
        System.out.printf("%nprocessor time in microseconds a call, 16 connections%n%-16s", "");
        measured.get(ON).taken.keySet().forEach(part -> System.out.printf(" %12s", part));
        System.out.printf(" %12s%n", "all");
        measured.forEach(
                (name, way) -> {
                    System.out.printf("%-16s", name);
                    way.taken.values().forEach(s -> System.out.printf(" %12.0f", micros(s, way)));
                    double all = way.taken.values().stream().mapToDouble(s -> s).sum();
                    System.out.printf(" %12.0f%n", micros(all, way));
                });
    }

    private static double micros(double seconds, Measured way) {
        return seconds * 1e6 / way.answers;
    }

    private static double last(Measured way) {
        return way.perSecond.get(way.perSecond.size() - 1);
    }

    private static double median(List<Double> rounds) {
        return rounds.stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .skip(ROUNDS / 2)
                .findFirst()
                .orElseThrow();
    }

    private static double added(Histogram way, Histogram direct, double percentile) {
        return (way.getValueAtPercentile(percentile) - direct.getValueAtPercentile(percentile))
                / 1e3;
    }

    private static Histogram histogram() {
        return new ConcurrentHistogram(60_000_000, 3);
    }
}
