package dev.acey.simulation.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import dev.acey.rules.RuleStateException;
import dev.acey.simulation.rules.RuleSets;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What to judge.
 *
 * @param aceyOutput speech, intents, tool calls, as a model gave them
 * @param context the client's own; no rule reads it
 * @param state what the rules are to know of the channel; neutral when missing
 * @param ruleSet hash of the set that judges; the active one when missing
 * @param at when; required with a state, because rules compare its times with it
 */
@RegisterForReflection
public record DryRunRequest(
        @Schema(type = SchemaType.OBJECT, required = true) ObjectNode aceyOutput,
        @Schema(type = SchemaType.OBJECT) ObjectNode context,
        @Schema(type = SchemaType.OBJECT) JsonNode state,
        @Schema(examples = "sha256:…") String ruleSet,
        @Schema(format = "date-time") String at) {

    public DryRunRequest {
        state = state == null || state.isNull() ? null : state;
        if (aceyOutput == null) {
            throw ProblemException.invalid("/aceyOutput", "is required");
        }
        if (state != null && at == null) {
            throw ProblemException.invalid("/at", "is required with a state");
        }
    }

    /** The answer, a function of the request and the rules alone. */
    DryRunAnswer judge(RuleSet rules) {
        return DryRunAnswer.of(rules.judge(aceyOutput, channelState(), instant()));
    }

    private RuleState channelState() {
        try {
            return RuleState.fromJson(state);
        } catch (RuleStateException e) {
            throw ProblemException.invalid("/state" + e.pointer(), e.rule());
        }
    }

    private Instant instant() {
        if (at == null) {
            return RuleSets.SOME_INSTANT;
        }
        try {
            return Instant.parse(at);
        } catch (DateTimeParseException e) {
            throw ProblemException.invalid(
                    "/at", "must be a time in ISO 8601 UTC, such as 2026-01-15T04:05:06.123Z");
        }
    }
}
