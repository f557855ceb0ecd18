package dev.acey.rollout.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.guard.Guard;
import dev.acey.rollout.guard.GuardState;
import dev.acey.rollout.guard.GuardedStage;
import dev.acey.rollout.guard.count.TickCounts;
import dev.acey.rollout.plan.Plan;
import dev.acey.rollout.staged.Watching;
import dev.acey.rollout.stored.JsonText;
import java.time.Duration;

/** Goes through an evidence document with nothing but the guard. */
final class Recomputed {

    private Recomputed() {}

    static void check(JsonNode evidence) {
        Watching watching = read(evidence.at("/rollout/configuration"), Watching.class);
        Plan plan = read(evidence.at("/rollout/plan"), Plan.class);
        Guard guard = new Guard(watching.guard(), watching.history());
        GuardState state = null;
        int in = -1;
        String since = "";
        for (JsonNode tick : evidence.path("ticks")) {
            TickCounts counts = read(tick.path("counts"), TickCounts.class);
            GuardedStage stage = plan.guarded(counts.stage());
            if (state == null) {
                state = guard.start(stage);
            } else if (in != counts.stage()) {
                state = guard.enter(state, stage);
            } else if (!since.equals(tick.path("since").asText())) {
                state = guard.resume(state);
            }
            in = counts.stage();
            since = tick.path("since").asText();
            state = guard.add(state, counts);
            assertEquals(
                    tick.path("verdict"),
                    JsonText.read(
                            JsonText.write(
                                    guard.verdict(
                                            state,
                                            stage,
                                            Duration.ofSeconds(
                                                    tick.path("elapsedSeconds").asLong()))),
                            JsonNode.class));
        }
    }

    private static <T> T read(JsonNode node, Class<T> type) {
        return JsonText.read(node.toString(), type);
    }
}
