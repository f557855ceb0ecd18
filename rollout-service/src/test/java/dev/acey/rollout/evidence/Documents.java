package dev.acey.rollout.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.rollout.guard.Guard;
import dev.acey.rollout.guard.GuardSettings;
import dev.acey.rollout.guard.GuardState;
import dev.acey.rollout.guard.GuardVerdict;
import dev.acey.rollout.guard.GuardedStage;
import dev.acey.rollout.guard.History;
import dev.acey.rollout.guard.Limits;
import dev.acey.rollout.guard.Tolerances;
import dev.acey.rollout.guard.count.ArmCounts;
import dev.acey.rollout.guard.count.StageKind;
import dev.acey.rollout.guard.count.TickCounts;
import dev.acey.rollout.plan.Plan;
import dev.acey.rollout.plan.Stage;
import dev.acey.rollout.staged.Watching;
import dev.acey.rollout.stored.JsonText;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Evidence of whole rollouts, as the service writes it. */
final class Documents {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Instant START = Instant.parse("2026-01-15T04:05:10Z");

    private static final Plan PLAN =
            new Plan(
                    List.of(
                            new Stage(StageKind.SHADOW, 1_000, 50, 20, 600, false),
                            new Stage(StageKind.LIVE, 2_500, 50, 20, 600, false),
                            new Stage(StageKind.LIVE, 5_000, 50, 20, 600, false)));

    private static final Watching WATCHING =
            new Watching(
                    10,
                    30,
                    60_000,
                    2_000,
                    Map.of("candidate", "sha256:1"),
                    GuardSettings.of(Tolerances.DEFAULT, Limits.DEFAULT, false),
                    new History(86_400, 5_000, 50, 250, 100, 5_000, 100, 15));

    private Documents() {}

    /** What becomes of a rollout. */
    enum Fate {
        PROMOTED,
        ROLLED_BACK,
        ROLLED_BACK_IN_SHADOW,
        PAUSED_AND_RESUMED,
        UNFINISHED
    }

    static ObjectNode of(Fate fate) {
        Guard guard = new Guard(WATCHING.guard(), WATCHING.history());
        ArrayNode ticks = JSON.arrayNode();
        GuardState state = null;
        Instant since = START;
        int stage = 0;
        GuardVerdict verdict = null;
        for (int i = 0; i < (fate == Fate.UNFINISHED ? 8 : 90) && stage < 3; i++) {
            GuardedStage in = PLAN.guarded(stage);
            if (fate == Fate.PAUSED_AND_RESUMED && i == 5) {
                since = START.plusSeconds(10L * i);
                state = guard.resume(state);
            } else if (state == null) {
                state = guard.start(in);
            } else if (state.stage().number() != stage) {
                state = guard.enter(state, in);
            }
            long number = WATCHING.tickOf(START) + i;
            TickCounts counts = counts(WATCHING.startOf(number), in, fate, i);
            long elapsed = WATCHING.elapsed(since, number).toSeconds();
            state = guard.add(state, counts);
            verdict = guard.verdict(state, in, java.time.Duration.ofSeconds(elapsed));
            ticks.add(tick(number, since, elapsed, counts, verdict));
            switch (verdict.verdict()) {
                case ADVANCE -> {
                    stage++;
                    since = WATCHING.startOf(number + 1);
                }
                case ROLL_BACK, PAUSE -> stage = 3;
                case HOLD -> {
                    // goes on
                }
            }
        }
        ObjectNode document = JSON.objectNode();
        document.put("format", EvidenceResource.FORMAT);
        ObjectNode rollout = document.putObject("rollout");
        rollout.set("plan", written(PLAN));
        rollout.set("configuration", written(WATCHING));
        ObjectNode step = rollout.putArray("steps").addObject();
        step.put("number", 1);
        step.putObject("detail").set("guard", written(verdict));
        document.set("ticks", ticks);
        sign(document);
        return document;
    }

    static void sign(ObjectNode document) {
        EvidenceDigest digest = new EvidenceDigest();
        digest.add(document.get("rollout"));
        document.get("ticks").forEach(digest::add);
        document.put("digest", digest.text());
    }

    private static ObjectNode tick(
            long number, Instant since, long elapsed, TickCounts counts, GuardVerdict verdict) {
        ObjectNode tick = JSON.objectNode();
        tick.put("tick", number);
        tick.put("since", since.toString());
        tick.put("elapsedSeconds", elapsed);
        tick.set("counts", written(counts));
        tick.set("verdict", written(verdict));
        return tick;
    }

    /** As it is after it was written and read. */
    private static JsonNode written(Object value) {
        return JsonText.read(JsonText.write(value), JsonNode.class);
    }

    private static TickCounts counts(Instant start, GuardedStage stage, Fate fate, int i) {
        boolean bad =
                fate == Fate.ROLLED_BACK_IN_SHADOW
                        || (fate == Fate.ROLLED_BACK && stage.number() == 2);
        int candidates = Math.max(6, 60 * stage.weight() / 10_000);
        return new TickCounts(
                start,
                stage.number(),
                stage.kind(),
                stage.weight(),
                arm(60 - (stage.number() == 0 ? 0 : candidates), i % 2, i),
                arm(candidates, bad ? candidates / 2 : 0, i),
                i % 3);
    }

    private static ArmCounts arm(int calls, int errors, int i) {
        return new ArmCounts(
                calls,
                errors,
                i % 4 == 0 ? 1 : 0,
                0,
                Collections.nCopies(calls, 7_000 + i % 10),
                1,
                1,
                calls,
                calls,
                i % 5);
    }
}
