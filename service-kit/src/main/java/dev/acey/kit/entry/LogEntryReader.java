package dev.acey.kit.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.problem.FieldError;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Makes a {@link LogEntry} from what a client sent. Fields it does not know go to {@code
 * metadata.extra}; a client's own {@code autoRules}, {@code routing}, {@code review} and {@code
 * redactions} are never believed and are left out (the route's token is read by {@link
 * #routeToken}).
 */
public final class LogEntryReader {

    /** What a task type looks like. */
    public static final Pattern TASK_TYPE = Pattern.compile("^[a-z][a-z0-9_-]{0,63}$");

    public static final Set<String> DECISIONS =
            ordered("approved", "modified", "rejected", "pending");
    public static final Set<String> ENVIRONMENTS = ordered("live", "simulation", "test", "shadow");

    private static final Set<String> PERSONA_MODES = ordered("calm", "hype", "neutral", "locked");
    private static final int NAME_LENGTH = 256;
    private static final int TEXT_LENGTH = 1_000_000;
    private static final double DAY_MILLIS = 86_400_000;
    private static final Set<String> KNOWN =
            Set.of(
                    "id",
                    "taskType",
                    "timestamp",
                    "context",
                    "llmPrompt",
                    "llmOutput",
                    "aceyOutput",
                    "controlDecision",
                    "finalAction",
                    "trustDelta",
                    "personaMode",
                    "performance",
                    "confidence",
                    "autoRules",
                    "routing",
                    "error",
                    "metadata",
                    "review",
                    "redactions");

    private LogEntryReader() {}

    /**
     * The entry, with llmOutput and confidence filled in where they follow from the output; id and
     * timestamp as given, null where not.
     *
     * @throws InvalidEntryException naming every field that breaks a rule
     */
    public static LogEntry read(JsonNode sent) {
        if (!(sent instanceof ObjectNode object)) {
            throw new InvalidEntryException(
                    List.of(new FieldError("", "an entry must be a JSON object")));
        }
        FieldReader in = new FieldReader(object);
        UUID id = in.timeOrderedId("id");
        Instant timestamp = in.time("timestamp");
        if (id != null && timestamp != null && !sameDay(id, timestamp)) {
            in.refuse("timestamp", "must be of the same UTC day as the id's time");
        }
        ObjectNode output = in.object("aceyOutput");
        LogEntry entry =
                new LogEntry(
                        id,
                        taskType(in),
                        timestamp,
                        context(in),
                        prompt(in),
                        llmOutput(in, output),
                        output,
                        in.oneOf("controlDecision", DECISIONS),
                        in.any("finalAction"),
                        in.number("trustDelta", -1, 1),
                        in.oneOf("personaMode", PERSONA_MODES),
                        performance(in),
                        confidence(in, output),
                        null,
                        null,
                        error(in),
                        metadata(in, object),
                        null);
        if (!in.errors().isEmpty()) {
            throw new InvalidEntryException(in.errors());
        }
        return entry;
    }

    /**
     * What keeps this from being an aceyOutput; empty when nothing does.
     *
     * @param pointer where it stands in what was sent
     */
    public static List<FieldError> checkOutput(JsonNode output, String pointer) {
        if (!(output instanceof ObjectNode object)) {
            return List.of(new FieldError(pointer, "must be an object"));
        }
        FieldReader in = new FieldReader(object, pointer, new ArrayList<>());
        speech(in);
        return in.errors();
    }

    /** The token of {@code /api/rollout/route} a client sent along, or null. */
    public static String routeToken(JsonNode sent) {
        JsonNode token = sent.path("routing").path("token");
        return token.isTextual() ? token.textValue() : null;
    }

    /** The instant in a UUIDv7's first 48 bits. */
    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    private static boolean sameDay(UUID id, Instant timestamp) {
        return timeOf(id)
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .equals(timestamp.atZone(ZoneOffset.UTC).toLocalDate());
    }

    private static String taskType(FieldReader in) {
        String taskType = in.text("taskType", NAME_LENGTH);
        if (in.any("taskType") == null) {
            in.refuse("taskType", "is required");
        } else if (taskType != null && !TASK_TYPE.matcher(taskType).matches()) {
            in.refuse("taskType", "must match " + TASK_TYPE.pattern());
        }
        return taskType;
    }

    private static ObjectNode context(FieldReader in) {
        FieldReader context = in.inside("context");
        context.text("channel", NAME_LENGTH);
        context.text("user", NAME_LENGTH);
        context.oneOf("environment", ENVIRONMENTS);
        context.object("gameState");
        JsonNode previous = context.any("previousMessages");
        if (previous != null && !previous.isArray()) {
            context.refuse("previousMessages", "must be an array");
        }
        return context.self();
    }

    private static JsonNode prompt(FieldReader in) {
        JsonNode prompt = in.any("llmPrompt");
        if (prompt == null) {
            in.refuse("llmPrompt", "is required");
        } else if (prompt instanceof ArrayNode messages) {
            checkMessages(in, messages);
        } else {
            in.text("llmPrompt", TEXT_LENGTH);
        }
        return prompt;
    }

    private static void checkMessages(FieldReader in, ArrayNode messages) {
        if (messages.isEmpty()) {
            in.refuse("llmPrompt", "must have at least one message");
        }
        for (JsonNode message : messages) {
            if (!message.isObject() || !message.path("role").isTextual()) {
                in.refuse("llmPrompt", "must be a string or an array of messages with a role");
                return;
            }
        }
    }

    private static String llmOutput(FieldReader in, ObjectNode output) {
        String given = in.text("llmOutput", TEXT_LENGTH);
        if (output == null) {
            return given;
        }
        String speech = speech(in.inside("aceyOutput"));
        return given == null ? speech : given;
    }

    /** Checks an output as a whole. */
    private static String speech(FieldReader output) {
        JsonNode intents = output.any("intents");
        if (intents != null && !intents.isArray()) {
            output.refuse("intents", "must be an array");
        }
        return output.text("speech", TEXT_LENGTH);
    }

    private static Double confidence(FieldReader in, ObjectNode output) {
        Double given = in.number("confidence", 0, 1);
        if (given != null || output == null || in.any("confidence") != null) {
            return given;
        }
        double sum = 0;
        int count = 0;
        for (JsonNode intent : output.path("intents")) {
            JsonNode value = intent.path("confidence");
            if (value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 1) {
                sum += value.doubleValue();
                count++;
            }
        }
        return count == 0 ? null : Double.valueOf(sum / count);
    }

    private static Performance performance(FieldReader in) {
        if (in.any("performance") == null) {
            return null;
        }
        FieldReader given = in.inside("performance");
        Long prompt = given.wholeNumber("promptTokens", 0, 1_000_000_000);
        Long completion = given.wholeNumber("completionTokens", 0, 1_000_000_000);
        Long total = given.wholeNumber("tokenCount", 0, 2_000_000_000);
        if (total == null && prompt != null && completion != null) {
            total = prompt + completion;
        }
        return new Performance(
                given.number("responseTime", 0, DAY_MILLIS),
                prompt,
                completion,
                total,
                given.number("cost", 0, 1_000_000));
    }

    private static CallError error(FieldReader in) {
        if (in.any("error") == null) {
            return null;
        }
        FieldReader error = in.inside("error");
        if (error.any("type") == null) {
            error.refuse("type", "is required");
        }
        return new CallError(error.text("type", 64), error.text("message", 10_000));
    }

    private static ObjectNode metadata(FieldReader in, ObjectNode sent) {
        FieldReader given = in.inside("metadata");
        given.text("model", NAME_LENGTH);
        ObjectNode metadata = given.self().deepCopy();
        ObjectNode extra =
                metadata.get("extra") instanceof ObjectNode e ? e : metadata.objectNode();
        for (Map.Entry<String, JsonNode> field : sent.properties()) {
            if (!KNOWN.contains(field.getKey())) {
                extra.set(field.getKey(), field.getValue());
            }
        }
        if (!extra.isEmpty()) {
            metadata.set("extra", extra);
        }
        return metadata;
    }

    private static Set<String> ordered(String... values) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(values)));
    }
}
