package dev.acey.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules in their order, compiled: an immutable value that any number of threads may judge with.
 * Named by the SHA-256 of its canonical form.
 */
public final class RuleSet {
    private static final String SHIPPED = "shipped.yaml";

    private final String description;
    private final List<CompiledRule> compiled;
    private final RuleIndex index;
    private final String canonical;
    private final String hash;

    private RuleSet(String description, List<CompiledRule> compiled) {
        this.description = description;
        this.compiled = List.copyOf(compiled);
        this.index = new RuleIndex(compiled);
        this.canonical = CanonicalJson.text(RuleSetWriter.write(description, rules()));
        this.hash = CanonicalJson.sha256(canonical.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Shipped {
        static final RuleSet RULES = parse(source());

        private static String source() {
            try (InputStream in = RuleSet.class.getResourceAsStream(SHIPPED)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("the shipped rules cannot be read", e);
            }
        }
    }

    /**
     * Reads and compiles a rule set.
     *
     * @param source YAML, or JSON where it starts with a brace
     * @throws RuleSetException naming line and rule of the first thing that is wrong
     */
    public static RuleSet parse(String source) {
        RuleSetReader.Document document = RuleSetReader.read(source);
        List<CompiledRule> compiled = new ArrayList<>();
        document.rules().forEach(rule -> compiled.add(RuleCompiler.compile(rule)));
        return new RuleSet(document.description(), compiled);
    }

    /** The rules shipped, the same instance each time. */
    public static RuleSet shipped() {
        return Shipped.RULES;
    }

    /** {@code sha256:} and the hexadecimal SHA-256 of {@link #canonical()} in UTF-8. */
    public String hash() {
        return hash;
    }

    /**
     * RFC 8785 canonical JSON of the set: the same for every source that says the same. {@link
     * #parse} of it gives an equal set.
     */
    public String canonical() {
        return canonical;
    }

    /** The rules, in order, with those that are switched off. */
    public List<Rule> rules() {
        return compiled.stream().map(CompiledRule::rule).toList();
    }

    /**
     * A copy with one rule switched on or off.
     *
     * @throws IllegalArgumentException if there is no such rule
     */
    public RuleSet with(String ruleId, boolean enabled) {
        if (compiled.stream().noneMatch(rule -> rule.rule().id().equals(ruleId))) {
            throw new IllegalArgumentException("there is no rule " + Quote.shorten(ruleId));
        }
        return new RuleSet(
                description,
                compiled.stream()
                        .map(rule -> rule.rule().id().equals(ruleId) ? rule.enabled(enabled) : rule)
                        .toList());
    }

    /**
     * The verdict on an output: a function of its arguments and this set alone. Never throws; what
     * exceeds {@link Limits} is rejected by a finding of the family {@code engine}.
     *
     * @param aceyOutput {@code {speech, intents, toolCalls}} as the model gave it; not changed
     * @param state what is known of the channel
     * @param at the instant to judge at
     */
    public Verdict judge(JsonNode aceyOutput, RuleState state, Instant at) {
        return judgeTraced(aceyOutput, state, at).verdict();
    }

    /** As {@link #judge}, and tells which parts of the state mattered. */
    public TracedVerdict judgeTraced(JsonNode aceyOutput, RuleState state, Instant at) {
        if (at == null || !Times.isInRange(at)) {
            Finding finding =
                    new Finding(
                            "engine.instant",
                            null,
                            Effect.REJECT,
                            "the instant is not in the years 0000 to 9999");
            return new TracedVerdict(
                    Verdict.of(List.of(finding), aceyOutput, hash), RuleState.neutral());
        }
        StateView view = new StateView(state == null ? RuleState.neutral() : state, at);
        Verdict verdict = judge(aceyOutput, view);
        return new TracedVerdict(verdict, view.read());
    }

    /**
     * The verdict where the state cannot be read: every intent that a rule needs the state for
     * waits for a person ({@link Finding#STATE_UNAVAILABLE}), unless another rule takes it out;
     * where a rule on speech or output needs it, the whole output is held.
     */
    public Verdict judgeWithoutState(JsonNode aceyOutput, Instant at) {
        return judge(aceyOutput, (StateView) null);
    }

    /**
     * Whether a verdict on this output may rest on a channel's state, or its delivery change one.
     * Where not, every state gives the same verdict, reads as neutral and stays as it is.
     */
    public boolean touchesState(JsonNode aceyOutput) {
        return index.touchesState(aceyOutput);
    }

    private Verdict judge(JsonNode output, StateView state) {
        Measure measure = Measure.of(output);
        if (measure.refusal() != null) {
            return Verdict.of(List.of(measure.refusal()), output, hash);
        }
        Judge judge = new Judge(index, output, measure, state);
        JsonNode delivered = judge.run();
        return Verdict.of(judge.findings(), delivered, hash);
    }
}
