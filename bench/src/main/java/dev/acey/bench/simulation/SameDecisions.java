package dev.acey.bench.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Calls are judged live, through the router, on channels whose state matters; then they are
 * replayed by a simulation, and once more here from the export: every verdict must be reached
 * again, byte for byte.
 *
 * <p>Argument: how many calls, 10,000 (a simulation's most) unless given.
 */
public final class SameDecisions {

    private static final int CLIENTS = 32;
    private static final int CHANNELS = 40;
    private static final String[] TASKS = {"game", "website", "graphics", "audio"};

    private final AceySystem system;
    private final Http http = new Http();
    private final int calls;

    private SameDecisions(AceySystem system, int calls) {
        this.system = system;
        this.calls = calls;
    }

    public static void main(String[] args) throws Exception {
        int calls = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        try (AceySystem system = AceySystem.start();
                ModelStub stub = ModelStub.start(0)) {
            new SameDecisions(system, calls).run(stub);
        }
    }

    private void run(ModelStub stub) throws Exception {
        stub.register(system, http, "same-decisions");
        for (String task : TASKS) {
            http.put(
                    system.gateway("/api/tasks/" + task),
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("baseline", "same-decisions")
                            .toString());
        }
        http.await(system.service("rollout", "/internal/rules/active"));
        callAtOnce();
        http.awaitShipped(system.service("rollout", "/"));

        Map<String, Integer> decisions = exported();
        System.out.printf("%d calls judged live: %s%n", calls, decisions);

        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.putObject("select").put("sampleSize", calls);
        Runs runs = new Runs(system, http);
        JsonNode simulation = runs.end(runs.begin("/api/simulate", order));
        JsonNode consistency = simulation.path("consistency");
        System.out.printf(
                "replayed by a simulation: %d checked, %d agree, %d not checkable%n",
                consistency.path("checked").asInt(),
                consistency.path("agree").asInt(),
                consistency.path("notCheckable").asInt());
        Runs.check(consistency.path("agree").asInt() == calls, "not all agree: " + consistency);
    }

    private void callAtOnce() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<JsonNode>> all = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                ObjectNode call = call(i);
                all.add(
                        clients.submit(
                                () -> http.post(system.gateway("/v1/chat/completions"), call)));
            }
            for (Future<JsonNode> one : all) {
                one.get();
            }
        } finally {
            clients.shutdown();
        }
    }

    private static ObjectNode call(int number) {
        ObjectNode call =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("model", "acey/" + TASKS[number % TASKS.length])
                        .put("user", "user-" + number % 50);
        call.putObject("metadata").put("channel", "channel-" + number % CHANNELS);
        call.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", "What about hand " + number + "?");
        return call;
    }

    /** Judges the export again; the decisions counted. */
    private Map<String, Integer> exported() {
        Map<String, Integer> decisions = new TreeMap<>();
        try (Stream<JsonNode> lines = http.lines(system.gateway("/api/logs/export"))) {
            lines.forEach(
                    entry -> {
                        JsonNode live = entry.path("autoRules");
                        Verdict again =
                                RuleSet.shipped()
                                        .judge(
                                                entry.get("aceyOutput"),
                                                RuleState.fromJson(live.get("state")),
                                                Instant.parse(live.path("at").asText()));
                        Runs.check(
                                again.hash().equals(live.path("verdictHash").asText()),
                                "another verdict than on record: " + entry);
                        decisions.merge(live.path("decision").asText(), 1, Integer::sum);
                    });
        }
        int sum = decisions.values().stream().mapToInt(Integer::intValue).sum();
        Runs.check(sum == calls, sum + " calls are on record, not " + calls);
        return decisions;
    }
}
