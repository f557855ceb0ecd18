package dev.acey.simulation.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import dev.acey.simulation.output.AceyOutput;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.replay.CaseResult;
import java.util.Optional;
import java.util.Set;

/**
 * The answer to a prompt that was found right: a person's correction where there is one, else what
 * was delivered. There is none where the call failed, or its output was rejected or still waits for
 * a person. Where nothing was decided live, the rules of the simulation decide.
 */
final class ApprovedAnswer {

    private static final Set<String> RIGHT = Set.of("approved", "modified");
    private static final Set<String> DELIVERING = Set.of("deliver", "deliver_modified");

    private ApprovedAnswer() {}

    static Optional<AceyOutput> of(Case one, CaseResult result) {
        LogEntry entry = one.entry();
        String decision = entry.controlDecision();
        if (decision == null && result.baseline() != null) {
            decision = result.baseline().decision();
        }
        if (decision == null || !RIGHT.contains(decision)) {
            return Optional.empty();
        }
        if (decision.equals("modified") && isCorrection(entry)) {
            return Optional.of(new AceyOutput((ObjectNode) entry.finalAction()));
        }
        AutoRules live = entry.autoRules();
        return live != null
                        && live.action() != null
                        && DELIVERING.contains(live.action())
                        && live.output() instanceof ObjectNode delivered
                ? Optional.of(new AceyOutput(delivered))
                : one.baseline();
    }

    private static boolean isCorrection(LogEntry entry) {
        JsonNode action = entry.finalAction();
        return entry.review() != null
                && action instanceof ObjectNode
                && (action.path("speech").isTextual() || action.path("intents").isArray());
    }
}
