package dev.acey.rollout.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.LogEntry;
import dev.acey.rules.Action;
import dev.acey.rules.Decision;
import dev.acey.rules.RuleState;
import dev.acey.rules.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The intents that a person's decision lets through after the rules held them back.
 *
 * <p>{@code approved} delivers what waited: of a held output all that the rules left of it, of a
 * blocked one all of it, of one delivered in part the intents that were up for review. {@code
 * modified} delivers what the corrected output has beyond what was delivered at once. {@code
 * rejected} delivers nothing, and takes nothing back that was delivered.
 */
final class LateDelivery {

    private LateDelivery() {}

    /** In the order of the output; empty when the decision changes nothing. */
    static List<JsonNode> of(Decided decided) {
        LogEntry entry = decided.entry();
        if (entry == null
                || entry.failed()
                || entry.aceyOutput() == null
                || entry.autoRules() == null) {
            return List.of();
        }
        return switch (String.valueOf(decided.decision())) {
            case "approved" -> heldBack(entry);
            case "modified" -> beyond(delivered(entry), intents(decided.finalAction()));
            default -> List.of();
        };
    }

    /** The state once these are delivered. What a person lets through, no rule stops. */
    static RuleState deliver(RuleState state, List<JsonNode> intents, Instant at) {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode all = output.putArray("intents");
        intents.forEach(all::add);
        Verdict verdict = new Verdict(Decision.APPROVED, Action.DELIVER, "", output, List.of(), "");
        return state.after(output, verdict, at);
    }

    private static List<JsonNode> heldBack(LogEntry entry) {
        AutoRules rules = entry.autoRules();
        return switch (String.valueOf(rules.action())) {
            case "block" -> intents(entry.aceyOutput());
            case "hold_for_review" ->
                    intents(rules.output() == null ? entry.aceyOutput() : rules.output());
            default -> underReview(entry);
        };
    }

    private static List<JsonNode> underReview(LogEntry entry) {
        Set<Integer> review = new HashSet<>();
        Set<Integer> dropped = new HashSet<>();
        for (JsonNode finding : entry.autoRules().findings()) {
            if (finding.path("intentIndex").isInt()) {
                switch (finding.path("effect").asText()) {
                    case "review" -> review.add(finding.get("intentIndex").intValue());
                    case "drop" -> dropped.add(finding.get("intentIndex").intValue());
                    default -> {
                        // what is set or flagged was delivered
                    }
                }
            }
        }
        List<JsonNode> intents = intents(entry.aceyOutput());
        List<JsonNode> held = new ArrayList<>();
        for (int i = 0; i < intents.size(); i++) {
            if (review.contains(i) && !dropped.contains(i)) {
                held.add(intents.get(i));
            }
        }
        return held;
    }

    private static List<JsonNode> delivered(LogEntry entry) {
        AutoRules rules = entry.autoRules();
        return switch (String.valueOf(rules.action())) {
            case "deliver" -> intents(entry.aceyOutput());
            case "deliver_modified" ->
                    intents(rules.output() == null ? entry.aceyOutput() : rules.output());
            default -> List.of();
        };
    }

    private static List<JsonNode> beyond(List<JsonNode> delivered, List<JsonNode> corrected) {
        List<JsonNode> rest = new ArrayList<>(corrected);
        delivered.forEach(rest::remove);
        return rest;
    }

    private static List<JsonNode> intents(JsonNode output) {
        List<JsonNode> intents = new ArrayList<>();
        if (output != null && output.path("intents").isArray()) {
            output.get("intents").forEach(intents::add);
        }
        return intents;
    }
}
