package dev.acey.rollout.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import dev.acey.rules.Action;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.TracedVerdict;
import dev.acey.rules.Verdict;
import java.time.Instant;
import java.util.UUID;

/**
 * A call as it was judged.
 *
 * @param entry what goes on the record
 * @param after the channel's state that follows, once it is there
 */
public record Judgement(Verdict verdict, LogEntry entry, RuleState after) {

    private static final String LIVE = "live";

    /** Judges by what is known of the channel. Only a live call changes that. */
    static Judgement of(RuleSet rules, LogEntry call, RuleState state, Instant at, UUID id) {
        TracedVerdict traced = rules.judgeTraced(call.aceyOutput(), state, at);
        Verdict verdict = traced.verdict();
        AutoRules kept = kept(call, verdict, traced.read().toJson(), at);
        RuleState after =
                call.environment().equals(LIVE)
                        ? state.after(call.aceyOutput(), verdict, at)
                        : state;
        return new Judgement(verdict, stored(call, kept, at, id), after);
    }

    /**
     * Judges while nothing can be known of the channel: what needs the state waits for a person.
     */
    static Judgement withoutState(RuleSet rules, LogEntry call, Instant at, UUID id) {
        Verdict verdict = rules.judgeWithoutState(call.aceyOutput(), at);
        AutoRules kept = kept(call, verdict, null, at);
        return new Judgement(verdict, stored(call, kept, at, id), null);
    }

    /** What is delivered: null of what is blocked or held. */
    public JsonNode delivered() {
        boolean delivered =
                verdict.action() == Action.DELIVER || verdict.action() == Action.DELIVER_MODIFIED;
        return delivered ? verdict.output() : null;
    }

    private static LogEntry stored(LogEntry call, AutoRules kept, Instant at, UUID id) {
        return call.id() == null
                ? call.stored(id, at, kept.decision(), kept, call.routing())
                : call.stored(call.id(), call.timestamp(), kept.decision(), kept, call.routing());
    }

    private static AutoRules kept(LogEntry call, Verdict verdict, JsonNode state, Instant at) {
        JsonNode output = verdict.output();
        boolean differs = !output.isNull() && !output.equals(call.aceyOutput());
        return new AutoRules(
                verdict.ruleSet(),
                verdict.decision().json(),
                verdict.action().json(),
                verdict.toJson().get("findings"),
                state,
                at,
                differs ? output : null,
                verdict.hash(),
                state != null);
    }
}
