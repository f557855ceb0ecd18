package dev.acey.rules;

import java.util.List;
import java.util.Map;

/** A value of a rule set's source that knows the line it stands in, whether YAML or JSON. */
sealed interface SourceNode {
    /** The line the value starts in, counted from 1. */
    int line();

    /** What it is called in a message. */
    String kind();

    /**
     * @param value text, {@link Double}, {@link Boolean} or null
     * @param keepsLines whether line n of the text is line n of the source, counted from {@code
     *     line}
     */
    record Scalar(int line, Object value, boolean keepsLines) implements SourceNode {
        @Override
        public String kind() {
            if (value == null) {
                return "nothing";
            }
            return value instanceof String
                    ? "a text"
                    : value instanceof Double ? "a number" : "true or false";
        }
    }

    record Sequence(int line, List<SourceNode> items) implements SourceNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * @param fields in the order written
     * @param fieldLines the line each field's name stands in
     */
    record Mapping(int line, Map<String, SourceNode> fields, Map<String, Integer> fieldLines)
            implements SourceNode {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** Reads a source: JSON where it starts with a brace, else YAML. */
    static SourceNode parse(String source) {
        if (source.length() > Limits.MAX_SOURCE) {
            throw new RuleSetException(
                    "a rule set must not be longer than " + Limits.MAX_SOURCE + " characters",
                    0,
                    null);
        }
        return source.stripLeading().startsWith("{")
                ? JsonSource.parse(source)
                : YamlSource.parse(source);
    }

    /** Puts a field into a mapping being read. */
    static void put(Mapping mapping, String name, int line, SourceNode value) {
        if (mapping.fields().putIfAbsent(name, value) != null) {
            throw new RuleSetException(
                    "field '" + Quote.shorten(name) + "' stands there twice", line, null);
        }
        mapping.fieldLines().put(name, line);
    }
}
