package dev.acey.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The enabled rules of a set, by what they look at. */
final class RuleIndex {
    private static final int MAX_CACHED_TYPES = 1_000;

    private final List<CompiledRule> onOutput = new ArrayList<>();
    private final List<CompiledRule> onSpeech = new ArrayList<>();
    private final List<CompiledRule> onIntents = new ArrayList<>();
    private final Map<String, ForType> byType = new ConcurrentHashMap<>();

    /**
     * The rules that can find something in an intent of one type, in order.
     *
     * @param rules all but those that look at nothing but the type and do not object to this one
     * @param work what it took to find out; every intent of the type is charged with it, so that it
     *     does not matter whether it was known already
     */
    record ForType(List<CompiledRule> rules, long work) {}

    RuleIndex(List<CompiledRule> all) {
        for (CompiledRule rule : all) {
            if (rule.rule().enabled()) {
                listFor(rule.rule()).add(rule);
            }
        }
    }

    List<CompiledRule> onOutput() {
        return onOutput;
    }

    List<CompiledRule> onSpeech() {
        return onSpeech;
    }

    ForType forType(String type) {
        ForType known = byType.get(type);
        if (known == null) {
            known = select(type);
            if (byType.size() < MAX_CACHED_TYPES) {
                byType.put(type, known);
            }
        }
        return known;
    }

    /** On the safe side: rules count that the output may not reach. */
    boolean touchesState(JsonNode output) {
        if (needState(onOutput) || needState(onSpeech)) {
            return true;
        }
        for (JsonNode intent : output.path("intents")) {
            String type = IntentType.normalise(intent.path("type").asText());
            if (StateChange.TYPES.contains(type) || needState(forType(type).rules())) {
                return true;
            }
        }
        return false;
    }

    private static boolean needState(List<CompiledRule> rules) {
        return rules.stream().anyMatch(rule -> rule.facts().needsState());
    }

    private List<CompiledRule> listFor(Rule rule) {
        if (rule.isOnIntents()) {
            return onIntents;
        }
        return rule.on().contains(Rule.SPEECH) ? onSpeech : onOutput;
    }

    private ForType select(String type) {
        Work work = new Work();
        JsonNode output = JsonNodeFactory.instance.objectNode();
        Evaluation evaluation = new Evaluation(output, Measure.of(output), null, work);
        evaluation.intentType(type);
        List<CompiledRule> selected = new ArrayList<>();
        for (CompiledRule rule : onIntents) {
            List<String> on = rule.rule().on();
            if ((on.contains(type) || on.contains(Rule.ANY_INTENT)) && mayHold(rule, evaluation)) {
                selected.add(rule);
            }
        }
        return new ForType(List.copyOf(selected), work.used());
    }

    private static boolean mayHold(CompiledRule rule, Evaluation evaluation) {
        if (!rule.facts().dependsOnTypeAlone()) {
            return true;
        }
        try {
            return rule.holds(evaluation);
        } catch (CompiledRule.RuleFailed | Work.WorkExhausted e) {
            return true;
        }
    }
}
