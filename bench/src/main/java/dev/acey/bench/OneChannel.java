package dev.acey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many clients send trust signals on one channel at once. Then the entries, judged again one after
 * the other in the order of commit, must give the verdicts on record and the state that is stored,
 * and at no instant may the deltas of a trailing minute have summed past the bound.
 */
public final class OneChannel {

    private static final int CLIENTS = 64;
    private static final int CALLS = 10_000;
    private static final int USERS = 16;
    private static final double BOUND = 0.1;
    private static final double ROUNDING = 1e-12;
    private static final String CHANNEL = "one-channel";

    private final AceySystem system;
    private final Http http = new Http();
    private final AtomicInteger refusals = new AtomicInteger();

    private OneChannel(AceySystem system) {
        this.system = system;
    }

    public static void main(String[] args) throws Exception {
        try (AceySystem system = AceySystem.start()) {
            new OneChannel(system).run();
        }
    }

    private void run() throws Exception {
        http.await(system.service("rollout", "/internal/rules/active"));
        long start = System.nanoTime();
        callAtOnce();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d clients, %d calls on one channel in %.1f s: %.0f a second, %d refused%n",
                CLIENTS, CALLS, seconds, CALLS / seconds, refusals.get());

        List<JsonNode> entries = entries();
        check(
                entries.size() >= CALLS && entries.size() <= CALLS + refusals.get(),
                entries.size() + " entries on record");
        Map<String, List<Change>> delivered = new TreeMap<>();
        RuleState replayed = replay(entries, delivered);
        System.out.printf(
                "%d verdicts, each that of a replay in order of commit%n", entries.size());

        RuleState stored =
                RuleState.fromJson(http.get(system.gateway("/api/channels/" + CHANNEL + "/state")));
        check(stored.equals(replayed), "stored is " + stored + ", replayed is " + replayed);
        System.out.println("the stored state is that of the replay");

        double largest = 0;
        for (List<Change> changes : delivered.values()) {
            largest = Math.max(largest, largestMinute(changes).doubleValue());
        }
        int signals = delivered.values().stream().mapToInt(List::size).sum();
        check(largest <= BOUND + ROUNDING, "a minute sums to " + largest);
        System.out.printf(
                "%d deltas other than 0; the largest sum of any minute is %s%n", signals, largest);
    }

    private void callAtOnce() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            Random random = new Random(42);
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                ObjectNode call = call(random);
                calls.add(clients.submit(() -> post(call)));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            clients.shutdown();
        }
    }

    /** A refusal leaves it open whether the call is on record: it may be there twice then. */
    private void post(ObjectNode call) {
        while (true) {
            try {
                http.post(system.gateway("/api/process"), call);
                return;
            } catch (Http.UnexpectedException e) {
                if (!e.isUnavailable()) {
                    throw e;
                }
                refusals.incrementAndGet();
            }
        }
    }

    private static ObjectNode call(Random random) {
        ObjectNode call = JsonNodeFactory.instance.objectNode().put("taskType", "trust");
        call.putObject("context").put("channel", CHANNEL);
        ObjectNode output = call.putObject("aceyOutput").put("speech", "Nice hand!");
        var intents = output.putArray("intents");
        IntStream.rangeClosed(0, random.nextInt(2))
                .forEach(
                        i ->
                                intents.addObject()
                                        .put("type", "trust_signal")
                                        .put("user", "user-" + random.nextInt(USERS))
                                        .put("delta", random.nextInt(-150, 151) / 1000.0));
        return call;
    }

    private List<JsonNode> entries() {
        try (Stream<JsonNode> lines =
                http.lines(system.gateway("/api/logs/export?taskType=trust"))) {
            return lines.sorted(Comparator.comparing(e -> e.get("id").asText())).toList();
        }
    }

    private record Change(Instant at, BigDecimal delta) {}

    private static RuleState replay(List<JsonNode> entries, Map<String, List<Change>> delivered) {
        RuleState state = RuleState.neutral();
        for (JsonNode entry : entries) {
            JsonNode output = entry.get("aceyOutput");
            Instant at = Instant.parse(entry.at("/autoRules/at").asText());
            Verdict verdict = RuleSet.shipped().judge(output, state, at);
            check(
                    verdict.hash().equals(entry.at("/autoRules/verdictHash").asText()),
                    "another verdict than on record: " + entry);
            for (JsonNode intent : verdict.output().path("intents")) {
                BigDecimal delta = new BigDecimal(intent.get("delta").asText());
                if (delta.signum() != 0) {
                    delivered
                            .computeIfAbsent(intent.get("user").asText(), u -> new ArrayList<>())
                            .add(new Change(at, delta));
                }
            }
            state = state.after(output, verdict, at);
        }
        return state;
    }

    /** The largest absolute sum at any instant, which is one of those at which it changes. */
    private static BigDecimal largestMinute(List<Change> changes) {
        TreeMap<Instant, BigDecimal> steps = new TreeMap<>();
        for (Change change : changes) {
            steps.merge(change.at(), change.delta(), BigDecimal::add);
            steps.merge(change.at().plusSeconds(60), change.delta().negate(), BigDecimal::add);
        }
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal largest = BigDecimal.ZERO;
        for (BigDecimal step : steps.values()) {
            sum = sum.add(step);
            largest = largest.max(sum.abs());
        }
        return largest;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
