package dev.acey.rules;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Typed access to the fields of one mapping of a source, with errors that name line and rule. */
final class SourceFields {
    private final SourceNode.Mapping node;
    private final String ruleId;

    private SourceFields(SourceNode.Mapping node, String ruleId) {
        this.node = node;
        this.ruleId = ruleId;
    }

    /** The fields of a mapping that may have these and no others. */
    static SourceFields of(SourceNode node, String ruleId, Set<String> known) {
        SourceFields fields = new SourceFields(asMapping(node, ruleId), ruleId);
        for (String name : fields.names()) {
            if (!known.contains(name)) {
                throw fields.error(
                        name,
                        "is not known here; there are "
                                + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
        return fields;
    }

    /** The id a rule gives itself, read before all else so that every error can name it. */
    static String idOf(SourceNode rule) {
        SourceNode id = asMapping(rule, null).fields().get("id");
        if (id instanceof SourceNode.Scalar scalar && scalar.value() instanceof String text) {
            return Quote.shorten(text);
        }
        throw new RuleSetException("a rule needs an id", rule.line(), null);
    }

    private static SourceNode.Mapping asMapping(SourceNode node, String ruleId) {
        if (node instanceof SourceNode.Mapping mapping) {
            return mapping;
        }
        throw new RuleSetException(
                "there must be a mapping of fields here, not " + node.kind(), node.line(), ruleId);
    }

    int line() {
        return node.line();
    }

    List<String> names() {
        return List.copyOf(node.fields().keySet());
    }

    boolean has(String name) {
        return node.fields().containsKey(name);
    }

    RuleSetException error(String name, String detail) {
        int line = node.fieldLines().getOrDefault(name, node.line());
        return new RuleSetException("'" + Quote.shorten(name) + "' " + detail, line, ruleId);
    }

    List<SourceNode> list(String name, int max) {
        if (!(required(name) instanceof SourceNode.Sequence sequence)) {
            throw wrongKind(name, "a list");
        }
        if (sequence.items().size() > max) {
            throw error(name, "must not hold more than " + max + " items");
        }
        return sequence.items();
    }

    SourceFields mapping(String name, int max, Predicate<String> nameRule) {
        if (!(required(name) instanceof SourceNode.Mapping mapping)) {
            throw wrongKind(name, "a mapping of fields");
        }
        SourceFields fields = new SourceFields(mapping, ruleId);
        if (mapping.fields().size() > max) {
            throw error(name, "must not hold more than " + max + " fields");
        }
        for (String field : fields.names()) {
            if (!nameRule.test(field)) {
                throw fields.error(field, "is not a name that can stand in '" + name + "'");
            }
        }
        return fields;
    }

    /** An expression with its place; a number, true or false is one too, quoted or not. */
    SourceNode.Scalar expression(String name) {
        if (!(required(name) instanceof SourceNode.Scalar scalar) || scalar.value() == null) {
            throw wrongKind(name, "an expression");
        }
        Object value = scalar.value();
        String text =
                value instanceof Double number ? CanonicalJson.decimal(number) : value.toString();
        checkText(name, text, Limits.MAX_EXPRESSION);
        return new SourceNode.Scalar(scalar.line(), text, scalar.keepsLines());
    }

    String text(String name, int maxCodePoints) {
        if (!(required(name) instanceof SourceNode.Scalar scalar)
                || !(scalar.value() instanceof String text)) {
            throw wrongKind(name, "a text");
        }
        checkText(name, text, maxCodePoints);
        return text;
    }

    private void checkText(String name, String value, int maxCodePoints) {
        if (value.isBlank()) {
            throw error(name, "must not be blank");
        }
        if (value.codePointCount(0, value.length()) > maxCodePoints) {
            throw error(name, "must not be longer than " + maxCodePoints + " characters");
        }
        if (Text.hasLoneSurrogate(value)) {
            throw error(name, "holds a lone surrogate");
        }
    }

    /** The text, or an empty one. */
    String optionalText(String name, int maxCodePoints) {
        return has(name) ? text(name, maxCodePoints) : "";
    }

    List<String> textOrTexts(String name, int max) {
        if (!(required(name) instanceof SourceNode.Sequence)) {
            return List.of(text(name, Limits.MAX_EXPRESSION));
        }
        List<String> texts =
                list(name, max).stream()
                        .map(
                                item ->
                                        item instanceof SourceNode.Scalar scalar
                                                ? scalar.value()
                                                : null)
                        .map(value -> value instanceof String text ? text : "")
                        .toList();
        if (texts.isEmpty() || texts.contains("") || Set.copyOf(texts).size() < texts.size()) {
            throw error(name, "must be a text or a list of different texts");
        }
        return texts;
    }

    boolean bool(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (required(name) instanceof SourceNode.Scalar scalar
                && scalar.value() instanceof Boolean value) {
            return value;
        }
        throw wrongKind(name, "true or false");
    }

    double number(String name, double largest) {
        if (required(name) instanceof SourceNode.Scalar scalar
                && scalar.value() instanceof Double value) {
            if (Math.abs(value) <= largest) {
                return value == 0 ? 0.0 : value;
            }
            throw error(
                    name,
                    "must lie between -"
                            + CanonicalJson.decimal(largest)
                            + " and "
                            + CanonicalJson.decimal(largest));
        }
        throw wrongKind(name, "a number");
    }

    private SourceNode required(String name) {
        SourceNode value = node.fields().get(name);
        if (value == null) {
            throw error(name, "is missing");
        }
        return value;
    }

    private RuleSetException wrongKind(String name, String wanted) {
        return error(name, "must be " + wanted + ", not " + required(name).kind());
    }
}
