package dev.acey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import dev.acey.bench.system.Replica;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Switches the active rule set again and again while two rollout-services and log-service judge
 * calls. Every entry must name a set and have the verdict of just that set; printed is how long
 * after the answer to an activation each service gave its last verdict under another one.
 */
public final class Activation {

    private static final int SWITCHES = 30;
    private static final int PAUSE_MILLIS = 1_500;
    private static final int CLIENTS_EACH = 4;
    private static final int THINKING_MILLIS = 5;

    /** Whose verdict differs between the two sets. */
    private static final double UNSURE = 0.3;

    private static final List<RuleSet> SETS =
            List.of(RuleSet.shipped().with("memory.lowConfidence", false), RuleSet.shipped());

    private final AceySystem system;
    private final Replica second;
    private final Http http = new Http();
    private final Map<String, URI> targets = new TreeMap<>();
    private final Map<String, String> judges = new ConcurrentHashMap<>();
    private final List<Switch> switches = new ArrayList<>();
    private volatile boolean isOver;

    private record Switch(String hash, Instant answered) {}

    private Activation(AceySystem system, Replica second) {
        this.system = system;
        this.second = second;
        targets.put("first rollout-service", system.service("rollout", "/api/process"));
        targets.put("second rollout-service", second.at("/api/process"));
        targets.put("log-service", system.service("log", "/api/log"));
    }

    public static void main(String[] args) throws Exception {
        try (AceySystem system = AceySystem.start();
                Replica second = Replica.ofRolloutService(system)) {
            new Activation(system, second).run();
        }
    }

    private void run() throws Exception {
        http.await(system.service("rollout", "/internal/rules/active"));
        http.await(second.at("/internal/rules/active"));
        http.post(system.gateway("/api/rules"), "application/json", SETS.get(0).canonical());
        ExecutorService clients = Executors.newFixedThreadPool(targets.size() * CLIENTS_EACH);
        List<Future<?>> calling = new ArrayList<>();
        targets.forEach(
                (judge, target) -> {
                    for (int i = 0; i < CLIENTS_EACH; i++) {
                        String channel = i % 2 == 0 ? "channel-" + i : null;
                        calling.add(clients.submit(() -> callUntilOver(judge, target, channel)));
                    }
                });
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        for (int i = 0; i < SWITCHES; i++) {
            activate(SETS.get(i % SETS.size()).hash());
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        isOver = true;
        for (Future<?> client : calling) {
            client.get();
        }
        clients.shutdown();
        report();
    }

    private void activate(String hash) {
        ObjectNode command = JsonNodeFactory.instance.objectNode().put("actor", "bench");
        http.post(system.gateway("/api/rules/" + hash + "/activate"), command);
        switches.add(new Switch(hash, Instant.now()));
    }

    private Void callUntilOver(String judge, URI target, String channel)
            throws InterruptedException {
        ObjectNode call = JsonNodeFactory.instance.objectNode().put("taskType", "memory");
        if (channel != null) {
            call.putObject("context").put("channel", channel);
        }
        ObjectNode output = call.putObject("aceyOutput").put("speech", "Hm.");
        output.putArray("intents")
                .addObject()
                .put("type", "memory_proposal")
                .put("confidence", UNSURE);
        if (target.getPath().equals("/api/log")) {
            call.put("llmPrompt", "?");
        }
        while (!isOver) {
            JsonNode answer = http.post(target, call);
            judges.put(answer.path(answer.has("id") ? "id" : "logId").asText(), judge);
            TimeUnit.MILLISECONDS.sleep(THINKING_MILLIS);
        }
        return null;
    }

    private void report() {
        Map<String, long[]> lags = new TreeMap<>();
        Map<String, Integer> verdicts = new TreeMap<>();
        targets.keySet().forEach(judge -> lags.put(judge, new long[SWITCHES]));
        try (Stream<JsonNode> entries =
                http.lines(system.gateway("/api/logs/export?taskType=memory"))) {
            entries.forEach(
                    entry -> {
                        String judge = judges.remove(entry.get("id").asText());
                        verdicts.merge(judge, 1, Integer::sum);
                        JsonNode verdict = entry.get("autoRules");
                        checkVerdict(entry, verdict);
                        countLag(verdict, lags.get(judge));
                    });
        }
        if (!judges.isEmpty()) {
            throw new IllegalStateException(judges.size() + " calls are not on record");
        }
        System.out.printf("%d activations; after the answer to each:%n", SWITCHES);
        lags.forEach(
                (judge, millis) -> {
                    Arrays.sort(millis);
                    System.out.printf(
                            "%-23s %6d verdicts, each of the one set it names; the last under"
                                    + " another set came %d ms later at the median, %d ms at most%n",
                            judge, verdicts.get(judge), millis[SWITCHES / 2], millis[SWITCHES - 1]);
                });
    }

    private static void checkVerdict(JsonNode entry, JsonNode verdict) {
        RuleSet named =
                SETS.stream()
                        .filter(set -> set.hash().equals(verdict.path("ruleSet").asText()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("which set? " + entry));
        String hash =
                named.judge(
                                entry.get("aceyOutput"),
                                RuleState.fromJson(verdict.get("state")),
                                Instant.parse(verdict.get("at").asText()))
                        .hash();
        if (!hash.equals(verdict.path("verdictHash").asText())) {
            throw new IllegalStateException("not the verdict of the set it names: " + entry);
        }
    }

    /** Counts a verdict that came after an activation was answered and names another set. */
    private void countLag(JsonNode verdict, long[] lags) {
        Instant at = Instant.parse(verdict.get("at").asText());
        for (int i = SWITCHES - 1; i >= 0; i--) {
            Switch latest = switches.get(i);
            if (!at.isBefore(latest.answered())) {
                if (!latest.hash().equals(verdict.get("ruleSet").asText())) {
                    lags[i] =
                            Math.max(
                                    lags[i],
                                    at.toEpochMilli() - latest.answered().toEpochMilli() + 1);
                }
                return;
            }
        }
    }
}
