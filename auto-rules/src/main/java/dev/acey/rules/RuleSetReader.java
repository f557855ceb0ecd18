package dev.acey.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Turns the source of a rule set into rules; refuses whatever it does not know, by name and line.
 */
final class RuleSetReader {
    /** The family of what the engine itself finds. */
    static final String ENGINE_FAMILY = "engine.";

    private static final Pattern ID =
            Pattern.compile("[a-z][A-Za-z0-9_-]{0,39}\\.[A-Za-z0-9][A-Za-z0-9_-]{0,59}");
    private static final Pattern PARAM = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");
    private static final Set<String> SCOPES = Set.of(Rule.ANY_INTENT, Rule.SPEECH, Rule.OUTPUT);
    private static final Set<String> FIXED_INTENT_FIELDS = Set.of("type");
    private static final Set<String> FIXED_OUTPUT_FIELDS =
            Set.of("intents", "toolCalls", "tool_calls");

    /** What a source says: the description of the set and its rules. */
    record Document(String description, List<RuleSource> rules) {}

    private final SourceFields fields;
    private final String id;

    private RuleSetReader(SourceFields fields, String id) {
        this.fields = fields;
        this.id = id;
    }

    static Document read(String source) {
        SourceFields top =
                SourceFields.of(SourceNode.parse(source), null, Set.of("description", "rules"));
        List<SourceNode> items = top.list("rules", Limits.MAX_RULES);
        List<RuleSource> rules = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (SourceNode item : items) {
            RuleSource rule = rule(item);
            Integer earlier = lines.putIfAbsent(rule.rule().id(), item.line());
            if (earlier != null) {
                throw new RuleSetException(
                        "the rule at line " + earlier + " has the same id",
                        item.line(),
                        rule.rule().id());
            }
            rules.add(rule);
        }
        return new Document(top.optionalText("description", Limits.MAX_REASON), rules);
    }

    private static RuleSource rule(SourceNode node) {
        SourceFields fields =
                SourceFields.of(
                        node,
                        SourceFields.idOf(node),
                        Set.of(
                                "id",
                                "description",
                                "enabled",
                                "on",
                                "params",
                                "when",
                                "effect",
                                "set",
                                "reason"));
        String id = fields.text("id", 110);
        if (!ID.matcher(id).matches()) {
            throw fields.error("id", "must be family.name, for example memory.lowConfidence");
        }
        if (id.startsWith(ENGINE_FAMILY)) {
            throw fields.error("id", "the family 'engine' is the engine's own");
        }
        return new RuleSetReader(fields, id).rule();
    }

    private RuleSource rule() {
        Effect effect = effect();
        Map<String, SourceNode.Scalar> set = expressions("set");
        if (set.isEmpty() != (effect != Effect.SET)) {
            throw fields.error("set", "is for the effect set, which needs it, and for no other");
        }
        SourceNode.Scalar when = fields.has("when") ? fields.expression("when") : null;
        Map<String, String> setTexts = new LinkedHashMap<>();
        set.forEach((field, expression) -> setTexts.put(field, (String) expression.value()));
        Rule rule =
                new Rule(
                        id,
                        fields.optionalText("description", Limits.MAX_REASON),
                        fields.bool("enabled", true),
                        on(),
                        params(),
                        when == null ? Rule.ALWAYS : (String) when.value(),
                        effect,
                        setTexts,
                        fields.text("reason", Limits.MAX_REASON));
        if (!rule.isOnIntents() && effect.takesIntentOut()) {
            throw fields.error("effect", "takes an intent out, but the rule is not on an intent");
        }
        checkSetFields(rule);
        checkPlaceholders(rule);
        return new RuleSource(rule, fields.line(), when, set);
    }

    private Effect effect() {
        String name = fields.text("effect", 20);
        for (Effect effect : Effect.values()) {
            if (effect.json().equals(name)) {
                return effect;
            }
        }
        throw fields.error("effect", "must be reject, hold, drop, review, set or flag");
    }

    private List<String> on() {
        List<String> on = fields.textOrTexts("on", Limits.MAX_NAMES);
        for (String type : on) {
            if (SCOPES.contains(type)) {
                if (on.size() > 1) {
                    throw fields.error("on", "'" + type + "' must stand alone");
                }
            } else if (!IntentType.normalise(type).equals(type)
                    || type.isEmpty()
                    || type.length() > Limits.MAX_INTENT_TYPE) {
                throw fields.error(
                        "on",
                        "an intent type is written in lower case, words parted by _: "
                                + Quote.shorten(
                                        IntentType.normalise(type).toLowerCase(Locale.ROOT)));
            }
        }
        return on;
    }

    private Map<String, Double> params() {
        Map<String, Double> params = new LinkedHashMap<>();
        if (!fields.has("params")) {
            return params;
        }
        SourceFields given = fields.mapping("params", Limits.MAX_PARAMS, matches(PARAM));
        for (String name : given.names()) {
            params.put(name, given.number(name, Limits.MAX_PARAM));
        }
        return params;
    }

    private Map<String, SourceNode.Scalar> expressions(String name) {
        Map<String, SourceNode.Scalar> expressions = new LinkedHashMap<>();
        if (fields.has(name)) {
            SourceFields given =
                    fields.mapping(
                            name,
                            Limits.MAX_NAMES,
                            field -> !field.isEmpty() && field.length() <= 100);
            for (String field : given.names()) {
                expressions.put(field, given.expression(field));
            }
        }
        return expressions;
    }

    private void checkSetFields(Rule rule) {
        Set<String> fixed = rule.isOnIntents() ? FIXED_INTENT_FIELDS : FIXED_OUTPUT_FIELDS;
        for (String field : rule.set().keySet()) {
            if (fixed.contains(field)) {
                throw fields.error("set", "the field '" + field + "' cannot be set");
            }
        }
    }

    private void checkPlaceholders(Rule rule) {
        var matcher = Pattern.compile("\\{([^{}]*)}").matcher(rule.reason());
        while (matcher.find()) {
            if (!rule.params().containsKey(matcher.group(1))) {
                throw fields.error(
                        "reason",
                        "no parameter is named '" + Quote.shorten(matcher.group(1)) + "'");
            }
        }
    }

    private static Predicate<String> matches(Pattern pattern) {
        return text -> pattern.matcher(text).matches();
    }
}
