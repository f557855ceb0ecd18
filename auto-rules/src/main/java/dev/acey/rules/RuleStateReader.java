package dev.acey.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a state from JSON and refuses what is not one, naming field and rule. */
final class RuleStateReader {
    private static final String TEXT_RULE =
            "must be a text of at most "
                    + Limits.MAX_STATE_TEXT
                    + " characters, without lone surrogates";

    private RuleStateReader() {}

    static RuleState read(JsonNode node) {
        if (isAbsent(node)) {
            return RuleState.neutral();
        }
        fields(node, "", Set.of("persona", "trust", "memories", "moderation"));
        List<Memory> memories = new ArrayList<>();
        list(node.path("memories"), "/memories", Limits.MAX_MEMORIES)
                .forEach(item -> memories.add(memory(item, "/memories/" + memories.size())));
        List<Moderation> moderation = new ArrayList<>();
        list(node.path("moderation"), "/moderation", Limits.MAX_MODERATION)
                .forEach(item -> moderation.add(entry(item, "/moderation/" + moderation.size())));
        return new RuleState(
                persona(node.path("persona")), trust(node.path("trust")), memories, moderation);
    }

    private static Persona persona(JsonNode node) {
        if (isAbsent(node)) {
            return Persona.NEUTRAL;
        }
        fields(node, "/persona", Set.of("mode", "locked", "lastChange"));
        JsonNode mode = node.path("mode");
        JsonNode locked = node.path("locked");
        JsonNode lastChange = node.path("lastChange");
        check(isAbsent(locked) || locked.isBoolean(), "/persona/locked", "must be true or false");
        return new Persona(
                isAbsent(mode) ? Persona.NEUTRAL.mode() : text(mode, "/persona/mode"),
                locked.asBoolean(),
                isAbsent(lastChange) ? null : time(lastChange, "/persona/lastChange"));
    }

    private static Map<String, Trust> trust(JsonNode node) {
        Map<String, Trust> trust = new TreeMap<>();
        if (isAbsent(node)) {
            return trust;
        }
        check(node.isObject(), "/trust", "must be an object");
        check(
                node.size() <= Limits.MAX_TRUSTED_USERS,
                "/trust",
                "must not hold more than " + Limits.MAX_TRUSTED_USERS + " users");
        node.properties()
                .forEach(
                        user -> {
                            String pointer = "/trust/" + escape(user.getKey());
                            check(isText(user.getKey()), pointer, TEXT_RULE);
                            trust.put(user.getKey(), trustOf(user.getValue(), pointer));
                        });
        return trust;
    }

    private static Trust trustOf(JsonNode node, String pointer) {
        fields(node, pointer, Set.of("score", "deltas"));
        JsonNode score = node.path("score");
        List<Trust.Delta> deltas = new ArrayList<>();
        list(node.path("deltas"), pointer + "/deltas", Limits.MAX_DELTAS)
                .forEach(item -> deltas.add(delta(item, pointer + "/deltas/" + deltas.size())));
        return new Trust(
                isAbsent(score) ? Trust.NEUTRAL.score() : number(score, 0, 1, pointer + "/score"),
                deltas);
    }

    private static Trust.Delta delta(JsonNode node, String pointer) {
        fields(node, pointer, Set.of("at", "delta"));
        return new Trust.Delta(
                time(node.path("at"), pointer + "/at"),
                number(node.path("delta"), -1, 1, pointer + "/delta"));
    }

    private static Memory memory(JsonNode node, String pointer) {
        fields(node, pointer, Set.of("text", "at"));
        return new Memory(
                text(node.path("text"), pointer + "/text"), time(node.path("at"), pointer + "/at"));
    }

    private static Moderation entry(JsonNode node, String pointer) {
        fields(node, pointer, Set.of("justification", "at"));
        return new Moderation(
                text(node.path("justification"), pointer + "/justification"),
                time(node.path("at"), pointer + "/at"));
    }

    private static JsonNode list(JsonNode node, String pointer, int max) {
        if (isAbsent(node)) {
            return MissingNode.getInstance();
        }
        check(node.isArray(), pointer, "must be a list");
        check(node.size() <= max, pointer, "must not hold more than " + max + " items");
        return node;
    }

    private static void fields(JsonNode node, String pointer, Set<String> known) {
        check(node.isObject(), pointer, "must be an object");
        node.fieldNames()
                .forEachRemaining(
                        name ->
                                check(
                                        known.contains(name),
                                        pointer + "/" + escape(name),
                                        "is not known"));
    }

    private static double number(JsonNode node, double min, double max, String pointer) {
        double value = node.isNumber() ? CanonicalJson.asDouble(node) : Double.NaN;
        check(
                value >= min && value <= max,
                pointer,
                "must be a number from %.0f to %.0f".formatted(min, max));
        return value;
    }

    private static String text(JsonNode node, String pointer) {
        check(node.isTextual() && isText(node.textValue()), pointer, TEXT_RULE);
        return node.textValue();
    }

    private static boolean isText(String text) {
        return text.codePointCount(0, text.length()) <= Limits.MAX_STATE_TEXT
                && !Text.hasLoneSurrogate(text);
    }

    private static Instant time(JsonNode node, String pointer) {
        check(node.isTextual(), pointer, "must be an ISO 8601 time ending in Z");
        try {
            return Times.parse(node.textValue());
        } catch (IllegalArgumentException e) {
            throw new RuleStateException(pointer, e.getMessage());
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node == null || node.isMissingNode() || node.isNull();
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static void check(boolean holds, String pointer, String rule) {
        if (!holds) {
            throw new RuleStateException(pointer, rule);
        }
    }
}
