package dev.acey.rollout.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.json.JsonConventions;
import dev.acey.rollout.guard.Guard;
import dev.acey.rollout.guard.GuardState;
import dev.acey.rollout.guard.GuardVerdict;
import dev.acey.rollout.guard.GuardedStage;
import dev.acey.rollout.plan.Plan;
import dev.acey.rollout.staged.Watching;
import dev.acey.rollout.stored.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/** Takes the guard through a rollout again, tick by tick, with nothing but the document. */
final class Recomputation {

    private final Plan plan;
    private final Watching watching;
    private final Guard guard;
    private GuardState state;
    private Instant since;
    private long last = Long.MIN_VALUE;

    Recomputation(Plan plan, Watching watching) {
        this.plan = plan;
        this.watching = watching;
        guard = new Guard(watching.guard(), watching.history());
    }

    /** Where the next tick differs from what the guard says, if it does. */
    Optional<String> difference(EvidenceTick tick) {
        String where =
                "tick %d (%s)"
                        .formatted(tick.tick(), JsonConventions.format(tick.counts().start()));
        if (tick.tick() <= last) {
            return Optional.of(where + ": ticks must come in the order of time");
        }
        last = tick.tick();
        Instant start = watching.startOf(tick.tick());
        if (!start.equals(tick.counts().start())) {
            return Optional.of(differs(where, "counts/start", tick.counts().start(), start));
        }
        long elapsed = watching.elapsed(tick.since(), tick.tick()).toSeconds();
        if (elapsed != tick.elapsedSeconds()) {
            return Optional.of(differs(where, "elapsedSeconds", tick.elapsedSeconds(), elapsed));
        }
        int number = tick.counts().stage();
        if (number >= plan.stages().size()) {
            return Optional.of("%s: the plan has no stage %d".formatted(where, number));
        }
        GuardedStage stage = plan.guarded(number);
        state = guard.add(before(stage, tick.since()), tick.counts());
        GuardVerdict verdict = guard.verdict(state, stage, Duration.ofSeconds(elapsed));
        JsonNode again = JsonText.read(JsonText.write(verdict), JsonNode.class);
        return difference(where, "", tick.verdict(), again);
    }

    /** What the service does before a tick: begin, enter another stage, go on after a pause. */
    private GuardState before(GuardedStage stage, Instant began) {
        boolean sameTime = began.equals(since);
        since = began;
        if (state == null) {
            return guard.start(stage);
        } else if (state.stage().number() != stage.number()) {
            return guard.enter(state, stage);
        }
        return sameTime ? state : guard.resume(state);
    }

    private static Optional<String> difference(
            String where, String path, JsonNode document, JsonNode again) {
        if (document.equals(again)) {
            return Optional.empty();
        }
        if (document.isObject() && again.isObject() && document.size() == again.size()) {
            String in = again.has("metric") ? where + ", " + again.get("metric").asText() : where;
            for (Iterator<String> names = again.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                Optional<String> found =
                        difference(in, path + "/" + name, document.path(name), again.get(name));
                if (found.isPresent()) {
                    return found;
                }
            }
        } else if (document.isArray() && again.isArray() && document.size() == again.size()) {
            for (int i = 0; i < again.size(); i++) {
                Optional<String> found =
                        difference(where, path + "/" + i, document.get(i), again.get(i));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.of(differs(where, "verdict" + path, document, again));
    }

    private static String differs(String where, String what, Object document, Object again) {
        return "%s: %s is %s in the document, and computed again %s"
                .formatted(where, what, document, again);
    }
}
