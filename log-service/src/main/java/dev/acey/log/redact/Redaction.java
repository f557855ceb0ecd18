package dev.acey.log.redact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import dev.acey.kit.entry.AutoRules;
import dev.acey.kit.entry.CallError;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.Routing;
import dev.acey.rules.PatternLimit;
import dev.acey.rules.sensitive.Kind;
import dev.acey.rules.sensitive.Redactor;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes out of what is about to be stored what the settings name. It runs after the call was judged
 * and changes neither verdict nor answer.
 */
@Singleton
@Startup
public class Redaction {

    private static final String PATTERNS = "acey.log.redaction.patterns";
    private static final int MOST_PATTERNS = 50;
    private static final java.util.regex.Pattern LABEL =
            java.util.regex.Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** Names by which entries are filtered, routed and erased. */
    private static final Set<String> CONTEXT_NAMES = Set.of("user", "channel", "environment");

    private static final Set<String> METADATA_NAMES = Set.of("model");

    private final Redactor redactor;
    private final MeterRegistry metrics;

    /**
     * @throws IllegalArgumentException naming the property that breaks a rule
     */
    public Redaction(RedactionSettings settings, MeterRegistry metrics) {
        this.redactor =
                new Redactor(settings.detectors().orElse(Set.of()), compiled(settings.patterns()));
        this.metrics = metrics;
    }

    /**
     * The entry as it may be stored: with placeholders in all that people and models wrote, and
     * with what was taken out counted in {@code redactions}. The same instance where that is
     * nothing. A verdict on altered content is not replayable.
     */
    public LogEntry of(LogEntry entry) {
        if (redactor.isIdle()) {
            return entry;
        }
        Map<String, Integer> counts = new TreeMap<>();
        AutoRules rules = entry.autoRules();
        LogEntry.Content content =
                new LogEntry.Content(
                        without(CONTEXT_NAMES, entry.context(), counts),
                        json(entry.llmPrompt(), counts),
                        text(entry.llmOutput(), counts),
                        without(Set.of(), entry.aceyOutput(), counts),
                        json(entry.finalAction(), counts),
                        rules == null
                                ? null
                                : rules.altered(
                                        json(rules.state(), counts), json(rules.output(), counts)),
                        routing(entry.routing(), counts),
                        error(entry.error(), counts),
                        without(METADATA_NAMES, entry.metadata(), counts));
        if (counts.isEmpty()) {
            return entry;
        }
        count(counts);
        return entry.redacted(content, counts);
    }

    /** A text that is said about an entry, such as a comment or a reason; null stays null. */
    public String text(String text) {
        Map<String, Integer> counts = new TreeMap<>();
        String redacted = text(text, counts);
        count(counts);
        return redacted;
    }

    /** A document that is said about an entry, such as a demonstration; null stays null. */
    public JsonNode json(JsonNode node) {
        Map<String, Integer> counts = new TreeMap<>();
        JsonNode redacted = json(node, counts);
        count(counts);
        return redacted;
    }

    private void count(Map<String, Integer> counts) {
        counts.forEach(
                (label, count) ->
                        metrics.counter("acey_log_redactions", "kind", label).increment(count));
    }

    private String text(String text, Map<String, Integer> counts) {
        return text == null ? null : redactor.redact(text, counts);
    }

    private JsonNode json(JsonNode node, Map<String, Integer> counts) {
        return node == null ? null : redactor.redact(node, counts);
    }

    private ObjectNode without(Set<String> names, ObjectNode object, Map<String, Integer> counts) {
        if (object == null) {
            return null;
        }
        ObjectNode redacted = object.objectNode();
        object.properties()
                .forEach(
                        field ->
                                redacted.set(
                                        field.getKey(),
                                        names.contains(field.getKey())
                                                ? field.getValue()
                                                : json(field.getValue(), counts)));
        return redacted;
    }

    private CallError error(CallError error, Map<String, Integer> counts) {
        return error == null ? null : new CallError(error.type(), text(error.message(), counts));
    }

    private Routing routing(Routing routing, Map<String, Integer> counts) {
        return routing == null
                ? null
                : new Routing(
                        routing.rolloutId(),
                        routing.variant(),
                        routing.servedBy(),
                        routing.stage(),
                        routing.model(),
                        json(routing.attempts(), counts),
                        routing.keyHash());
    }

    private static Map<String, Pattern> compiled(Map<String, String> patterns) {
        require(patterns.size() <= MOST_PATTERNS, PATTERNS, "has more than " + MOST_PATTERNS);
        Map<String, Pattern> compiled = new TreeMap<>();
        patterns.forEach(
                (label, pattern) -> {
                    String property = PATTERNS + "." + label;
                    require(
                            LABEL.matcher(label).matches(),
                            property,
                            "is not named like " + LABEL.pattern());
                    require(
                            Arrays.stream(Kind.values()).noneMatch(k -> k.label().equals(label)),
                            property,
                            "has the name of a detector");
                    compiled.put(label, compile(property, pattern));
                });
        return compiled;
    }

    private static Pattern compile(String property, String pattern) {
        Pattern compiled;
        try {
            compiled = PatternLimit.compile(pattern);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
        }
        require(!compiled.matches(""), property, "matches the empty text");
        return compiled;
    }

    private static void require(boolean holds, String property, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(property + " " + otherwise);
        }
    }
}
