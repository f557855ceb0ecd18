package dev.acey.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import dev.acey.bench.system.Replica;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import java.net.URI;
import java.time.Duration;
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
import java.util.stream.IntStream;
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

    /** Whose verdict differs between each two sets that follow one another. */
    private static final double UNSURE = 0.3;

    private static final RuleSet SHIPPED = RuleSet.shipped();

    private final AceySystem system;
    private final Replica second;
    private final Http http = new Http();
    private final Map<String, URI> targets = new TreeMap<>();
    private final Map<String, String> judges = new ConcurrentHashMap<>();
    private final List<RuleSet> sets =
            IntStream.range(0, SWITCHES).mapToObj(Activation::set).toList();
    private final List<Instant> answered = new ArrayList<>();
    private volatile boolean isOver;

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
        for (RuleSet set : sets) {
            http.post(system.gateway("/api/rules"), "application/json", set.canonical());
        }
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
            activate(sets.get(i).hash());
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        isOver = true;
        for (Future<?> client : calling) {
            client.get();
        }
        clients.shutdown();
        report();
    }

    /** One that no service has seen before; every other one takes what is unsure. */
    private static RuleSet set(int number) {
        try {
            ObjectNode set =
                    (ObjectNode)
                            new ObjectMapper()
                                    .readTree(
                                            SHIPPED.with("memory.lowConfidence", number % 2 == 1)
                                                    .canonical());
            return RuleSet.parse(set.put("description", "set " + number).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a rule set's canonical form is JSON", e);
        }
    }

    private void activate(String hash) {
        ObjectNode command = JsonNodeFactory.instance.objectNode().put("actor", "bench");
        http.post(system.gateway("/api/rules/" + hash + "/activate"), command);
        answered.add(Instant.now());
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

    private void checkVerdict(JsonNode entry, JsonNode verdict) {
        RuleSet named = SHIPPED;
        for (RuleSet set : sets) {
            named = set.hash().equals(verdict.path("ruleSet").asText()) ? set : named;
        }
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

    /** Counts a verdict that came after the set it names was replaced, as its activator knew. */
    private void countLag(JsonNode verdict, long[] lags) {
        Instant at = Instant.parse(verdict.get("at").asText());
        for (int replaced = -1; replaced < SWITCHES - 1; replaced++) {
            RuleSet set = replaced < 0 ? SHIPPED : sets.get(replaced);
            long late = Duration.between(answered.get(replaced + 1), at).toMillis();
            if (set.hash().equals(verdict.get("ruleSet").asText()) && late >= 0) {
                lags[replaced + 1] = Math.max(lags[replaced + 1], late + 1);
            }
        }
    }
}
