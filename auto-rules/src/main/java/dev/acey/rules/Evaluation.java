package dev.acey.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cel.runtime.CelVariableResolver;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One output being judged, as its rules' expressions see it. Values are converted when they are
 * first asked for. Belongs to one thread.
 */
final class Evaluation implements CelVariableResolver {
    private final Work work;
    private final Measure measure;
    private final StateView state;
    private final JsonNode original;
    private JsonNode output;
    private boolean outputChanged;
    private Map<String, Object> outputFields;
    private List<Object> intents;
    private List<Object> toolCalls;
    private CompiledRule rule;
    private JsonNode intent = MissingNode.getInstance();
    private boolean intentChanged;
    private Map<String, Object> intentFields;
    private String intentType;
    private long intentSize;
    private long ruleCost;

    /**
     * @param state null where it could not be read
     */
    Evaluation(JsonNode output, Measure measure, StateView state, Work work) {
        this.original = output;
        this.output = output;
        this.measure = measure;
        this.state = state;
        this.work = work;
    }

    Work work() {
        return work;
    }

    /** The output, as far as rules on the output have changed it; its intents are as they were. */
    JsonNode output() {
        return output;
    }

    /** The intent being judged, as rules have left it. */
    JsonNode intent() {
        return intent;
    }

    boolean isOutputChanged() {
        return outputChanged;
    }

    boolean isIntentChanged() {
        return intentChanged;
    }

    String speech() {
        return output.path("speech").asText("");
    }

    void outputChangedTo(JsonNode changed) {
        output = changed;
        outputChanged = true;
        outputFields = null;
    }

    void intent(int index, String type) {
        intentType = type;
        intentSize = measure.intentSize(index);
        intent = original.path("intents").get(index);
        intentChanged = false;
        intentFields = null;
    }

    /** Only the type of an intent is known. */
    void intentType(String type) {
        intentType = type;
    }

    void intentChangedTo(JsonNode changed) {
        intent = changed;
        intentChanged = true;
        intentFields = null;
    }

    /** From here on this rule's expressions are evaluated; charges what that may take. */
    void enter(CompiledRule entered) {
        rule = entered;
        ruleCost = entered.facts().cost(visible(entered.facts()));
        work.charge(ruleCost);
        if (state != null) {
            state.reads(entered.facts().seen());
        }
    }

    /** The intent, or else the output, is about to be copied, and read again by the next rule. */
    void chargeChange(boolean ofIntent) {
        work.charge(2 * (ofIntent ? intentSize : measure.size()));
    }

    private long visible(ExpressionFacts facts) {
        long size = facts.seen().contains(Part.OUTPUT) ? measure.size() : 0;
        size += facts.seen().contains(Part.INTENT) ? intentSize : 0;
        size += facts.seen().contains(Part.SPEECH) ? Work.size(0, speech().length()) : 0;
        return state == null ? size : size + state.size(facts.seen());
    }

    /** A loop is about to run over this many items. */
    void chargeRange(int items) {
        work.charge(items * ruleCost);
    }

    boolean matches(String text, String pattern) {
        var compiled = rule.facts().pattern(pattern);
        work.chargeRegex(text.length(), compiled.programSize());
        return compiled.matcher(text).find();
    }

    boolean remembers(String text, int codePoints) {
        work.chargeComparisons(state.memoryCount(), Math.min(text.length(), codePoints));
        return state.remembers(text, codePoints);
    }

    boolean moderated(String justification, int codePoints, double seconds) {
        work.chargeComparisons(
                state.moderationCount(), 2 * Math.min(justification.length(), codePoints));
        return state.moderated(justification, codePoints, seconds);
    }

    @Override
    public Optional<Object> find(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case CelFunctions.CONTEXT -> this;
                    case "params" -> rule.rule().params();
                    case "intent" -> intentFields();
                    case "intentType" -> intentType;
                    case "speech" -> speech();
                    case "output" -> outputFields();
                    case "intents" -> intents();
                    case "toolCalls" -> toolCalls();
                    case "state" -> state.view(rule.facts().seen(), this::user);
                    default -> null;
                });
    }

    /** Whether it is clear whom the intent means: it names a user by a text, or nobody. */
    boolean namesUser() {
        JsonNode user = intent.path("user");
        return user.isTextual() || user.isNull() || user.isMissingNode();
    }

    /** The user the intent names; empty if it names none. */
    String user() {
        if (!namesUser()) {
            throw new IllegalArgumentException("the user is not a text");
        }
        return Text.first(intent.path("user").asText(""), Limits.MAX_STATE_TEXT);
    }

    private Map<String, Object> intentFields() {
        if (intentFields == null) {
            intentFields = CelValues.object(intent);
        }
        return intentFields;
    }

    private Map<String, Object> outputFields() {
        if (outputFields == null) {
            outputFields = CelValues.object(output);
        }
        return outputFields;
    }

    private List<Object> intents() {
        if (intents == null) {
            intents = CelValues.list(original.path("intents"));
        }
        return intents;
    }

    private List<Object> toolCalls() {
        if (toolCalls == null) {
            JsonNode calls = original.path("toolCalls");
            toolCalls = CelValues.list(calls.isArray() ? calls : original.path("tool_calls"));
        }
        return toolCalls;
    }
}
