package dev.acey.rules.sensitive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts typed placeholders such as {@code [email]} where personal data and credentials stood.
 * Immutable, and a function of its arguments: the same text is redacted alike everywhere. What is
 * redacted already stays as it is.
 */
public final class Redactor {
    /**
     * What was taken out no longer separates what stood around it. A few more looks find what
     * appears by that, and the last finds nothing.
     */
    private static final int MAX_LOOKS = 5;

    private final List<Kind> kinds;
    private final Map<String, Pattern> own;
    private final Pattern placeholder;

    /**
     * @param kinds what is taken out
     * @param own further patterns by the label of their placeholder, {@code [a-z][a-z0-9-]*}; they
     *     go before the kinds
     */
    public Redactor(Set<Kind> kinds, Map<String, Pattern> own) {
        this.kinds = kinds.stream().sorted().toList();
        this.own = new LinkedHashMap<>(new TreeMap<>(own));
        List<String> labels = new ArrayList<>(this.own.keySet());
        for (Kind kind : Kind.values()) {
            labels.add(kind.label());
        }
        this.placeholder = Pattern.compile("\\[(?:" + String.join("|", labels) + ")\\]");
    }

    /** Whether there is nothing it would take out. */
    public boolean isIdle() {
        return kinds.isEmpty() && own.isEmpty();
    }

    /**
     * The text with placeholders; the same instance where there is nothing to take out.
     *
     * @param counts gains how often each label was put in
     */
    public String redact(String text, Map<String, Integer> counts) {
        String redacted = text;
        for (int look = 0; look < MAX_LOOKS && !isIdle(); look++) {
            List<Found> found = find(redacted);
            if (found.isEmpty()) {
                break;
            }
            found.forEach(one -> counts.merge(one.label(), 1, Integer::sum));
            redacted = replace(redacted, found);
        }
        return redacted;
    }

    /**
     * The same document with every string in it redacted: names of fields, numbers and the shape
     * stay. The argument is not changed.
     *
     * @param counts gains how often each label was put in
     */
    public JsonNode redact(JsonNode node, Map<String, Integer> counts) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties()
                    .forEach(field -> copy.set(field.getKey(), redact(field.getValue(), counts)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode(array.size());
            array.forEach(item -> copy.add(redact(item, counts)));
            return copy;
        }
        return node instanceof TextNode text
                ? TextNode.valueOf(redact(text.textValue(), counts))
                : node;
    }

    record Found(String label, Span span) {}

    /** What there is to take out, in order and apart from each other. */
    List<Found> find(String text) {
        Taken taken = new Taken(text);
        if (text.indexOf('[') >= 0) {
            Matcher standing = placeholder.matcher(text);
            while (standing.find()) {
                taken.mark(new Span(standing.start(), standing.end()));
            }
        }
        own.forEach((label, pattern) -> taken.add(label, CountedText.matches(pattern, text)));
        kinds.forEach(kind -> taken.add(kind.label(), kind.find(text)));
        taken.found.sort(Comparator.comparingInt(one -> one.span().start()));
        return taken.found;
    }

    private static String replace(String text, List<Found> found) {
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        for (Found one : found) {
            out.append(text, from, one.span().start()).append('[').append(one.label()).append(']');
            from = one.span().end();
        }
        return out.append(text, from, text.length()).toString();
    }

    /** The characters of a text that are spoken for. */
    private static final class Taken {
        private final List<Found> found = new ArrayList<>();
        private final BitSet characters;

        Taken(String text) {
            this.characters = new BitSet(text.length());
        }

        void mark(Span span) {
            characters.set(span.start(), span.end());
        }

        void add(String label, List<Span> spans) {
            for (Span span : spans) {
                if (characters.get(span.start(), span.end()).isEmpty()) {
                    mark(span);
                    found.add(new Found(label, span));
                }
            }
        }
    }
}
