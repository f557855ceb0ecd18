package dev.acey.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Judges one output: first the rules on speech and output, then intent by intent, each by its rules
 * in order. What one intent does to trust, the next one meets.
 */
final class Judge {
    private static final String NO_STATE = "a rule needs the state, which could not be read";
    private static final String TRUST_FULL =
            "a user's trust changes at most " + Limits.MAX_DELTAS + " times a minute";

    private final RuleIndex rules;
    private final JsonNode output;
    private final StateView state;
    private final Work work = new Work();
    private final Evaluation evaluation;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param output one that {@link Measure} does not refuse
     * @param state null where it could not be read
     */
    Judge(RuleIndex rules, JsonNode output, Measure measure, StateView state) {
        this.rules = rules;
        this.output = output;
        this.state = state;
        this.evaluation = new Evaluation(output, measure, state, work);
    }

    /** What is delivered if nothing blocks it; the findings are in {@link #findings}. */
    JsonNode run() {
        try {
            judgeOutput(rules.onOutput());
            if (!evaluation.speech().isEmpty()) {
                judgeOutput(rules.onSpeech());
            }
            return judgeIntents();
        } catch (Work.WorkExhausted e) {
            refuse("engine.work", e.getMessage());
        } catch (TooManyFindings e) {
            refuse("engine.findings", "there are more than " + Limits.MAX_FINDINGS + " findings");
        }
        return output;
    }

    List<Finding> findings() {
        return findings;
    }

    private void judgeOutput(List<CompiledRule> applicable) {
        for (CompiledRule rule : applicable) {
            if (state == null && rule.facts().needsState()) {
                find(new Finding(Finding.STATE_UNAVAILABLE, null, Effect.HOLD, NO_STATE));
            } else {
                apply(rule, null);
            }
        }
    }

    private JsonNode judgeIntents() {
        JsonNode intents = output.path("intents");
        ArrayNode left = JsonNodeFactory.instance.arrayNode(intents.size());
        boolean changed = evaluation.isOutputChanged();
        for (int i = 0; i < intents.size(); i++) {
            boolean stays = judgeIntent(intents.get(i), i);
            if (stays) {
                left.add(evaluation.intent());
            }
            changed |= !stays || evaluation.isIntentChanged();
        }
        if (!changed) {
            return output;
        }
        ObjectNode delivered = JsonNodeFactory.instance.objectNode();
        delivered.setAll((ObjectNode) evaluation.output());
        if (intents.isArray()) {
            delivered.set("intents", left);
        }
        return delivered;
    }

    /** Whether the rules leave the intent in; {@link Evaluation#intent} is what they make of it. */
    private boolean judgeIntent(JsonNode intent, int index) {
        String type = IntentType.normalise(intent.path("type").textValue());
        RuleIndex.ForType applicable = rules.forType(type);
        work.charge(applicable.work());
        evaluation.intent(index, type);
        boolean lacksState = false;
        for (CompiledRule rule : applicable.rules()) {
            if (state == null && rule.facts().needsState()) {
                lacksState = true;
                continue;
            }
            if (!apply(rule, index)) {
                return false;
            }
        }
        if (lacksState) {
            find(new Finding(Finding.STATE_UNAVAILABLE, index, Effect.REVIEW, NO_STATE));
            return false;
        }
        if (state != null && type.equals("trust_signal")) {
            trustChanges(index);
        }
        return true;
    }

    private void trustChanges(int index) {
        JsonNode delta = evaluation.intent().path("delta");
        if (!delta.isNumber() || !evaluation.namesUser()) {
            return;
        }
        double change = CanonicalJson.asDouble(delta);
        if (change != 0 && state.isTrustFull(evaluation.user())) {
            ObjectNode unchanging = JsonNodeFactory.instance.objectNode();
            unchanging.setAll((ObjectNode) evaluation.intent());
            evaluation.intentChangedTo(unchanging.put("delta", 0.0));
            find(new Finding("engine.trust", index, Effect.SET, TRUST_FULL));
        } else {
            state.trustChanges(evaluation.user(), change);
        }
    }

    /**
     * @param index of the intent; null for the output
     * @return whether the intent stays in
     */
    private boolean apply(CompiledRule rule, Integer index) {
        try {
            if (!rule.holds(evaluation)) {
                return true;
            }
            if (rule.rule().effect() == Effect.SET && !set(rule, index != null)) {
                return true;
            }
            find(rule.finding(index));
            return !rule.rule().effect().takesIntentOut();
        } catch (CompiledRule.RuleFailed e) {
            if (work.isExhausted()) {
                throw new Work.WorkExhausted();
            }
            work.charge(Work.FAILURE);
            find(rule.failure(index));
            return true;
        }
    }

    /** Whether setting the fields changes anything. */
    private boolean set(CompiledRule rule, boolean onIntent) throws CompiledRule.RuleFailed {
        JsonNode subject = onIntent ? evaluation.intent() : evaluation.output();
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, Object> field : rule.values(evaluation).entrySet()) {
            JsonNode value = json(field.getValue());
            if (!CelValues.same(subject.get(field.getKey()), value)) {
                changes.set(field.getKey(), value);
            }
        }
        if (changes.isEmpty()) {
            return false;
        }
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        changed.setAll((ObjectNode) subject);
        changed.setAll(changes);
        evaluation.chargeChange(onIntent);
        if (onIntent) {
            evaluation.intentChangedTo(changed);
        } else {
            evaluation.outputChangedTo(changed);
        }
        return true;
    }

    private JsonNode json(Object value) throws CompiledRule.RuleFailed {
        try {
            return CelValues.json(value, work);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new CompiledRule.RuleFailed(e);
        }
    }

    private void find(Finding finding) {
        if (findings.size() >= Limits.MAX_FINDINGS) {
            throw new TooManyFindings();
        }
        findings.add(finding);
    }

    private void refuse(String rule, String reason) {
        findings.add(new Finding(rule, null, Effect.REJECT, reason));
    }

    private static final class TooManyFindings extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyFindings() {
            super("too many findings", null, false, false);
        }
    }
}
