package dev.acey.rollout.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.json.StorableJson;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A chat completion that is asked for. What is not named here is passed on as it is.
 *
 * @param body as it was sent
 * @param taskType from {@code X-Acey-Task}, else {@code metadata.taskType}, else the model's name
 *     {@code acey/<task>}
 * @param key the stickiness key: {@code X-Acey-Key}, else {@code user}; null without either
 * @param channel whose state counts: {@code X-Acey-Channel}, else {@code metadata.channel}; or null
 * @param user or null
 * @param includeUsage whether a stream ends with what the call used
 */
record ChatRequest(
        ObjectNode body,
        String taskType,
        String key,
        String channel,
        String user,
        boolean stream,
        boolean includeUsage) {

    /** Before the name of a task, in the name of a model. */
    static final String ALIAS = "acey/";

    private static final int LONGEST_NAME = 256;

    /**
     * Reads what decides about the call.
     *
     * @param headers gives a header's value, or null
     * @throws ProblemException 400 naming each field that breaks a rule
     */
    static ChatRequest read(JsonNode sent, Function<String, String> headers) {
        if (!(sent instanceof ObjectNode body)) {
            throw ProblemException.invalid("", "The body must be a JSON object");
        }
        List<FieldError> errors = new ArrayList<>();
        checkMessages(body.path("messages"), errors);
        checkWhatRulesCanSee(body, errors);
        JsonNode metadata = body.path("metadata");
        String user = text(body, "user", "/user", errors);
        String key = header(headers, "X-Acey-Key", errors);
        String channel = header(headers, "X-Acey-Channel", errors);
        if (channel == null) {
            channel = text(metadata, "channel", "/metadata/channel", errors);
        }
        String taskType = taskType(body, headers, errors);
        boolean stream = flag(body, "stream", "/stream", errors);
        boolean includeUsage =
                flag(
                        body.path("stream_options"),
                        "include_usage",
                        "/stream_options/include_usage",
                        errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new ChatRequest(
                body, taskType, key != null ? key : user, channel, user, stream, includeUsage);
    }

    private static String taskType(
            ObjectNode body, Function<String, String> headers, List<FieldError> errors) {
        String pointer = "/X-Acey-Task";
        String task = header(headers, "X-Acey-Task", errors);
        if (task == null) {
            pointer = "/metadata/taskType";
            task = text(body.path("metadata"), "taskType", pointer, errors);
        }
        String model = text(body, "model", "/model", errors);
        if (task == null && model != null && model.startsWith(ALIAS)) {
            pointer = "/model";
            task = model.substring(ALIAS.length());
        }
        if (task == null) {
            errors.add(
                    new FieldError(
                            "/model",
                            "names no task: send acey/<task> as the model, or the header"
                                    + " X-Acey-Task, or metadata.taskType"));
        } else if (!LogEntryReader.TASK_TYPE.matcher(task).matches()) {
            errors.add(
                    new FieldError(
                            pointer,
                            "must name a task that matches " + LogEntryReader.TASK_TYPE.pattern()));
        }
        return task;
    }

    private static void checkMessages(JsonNode messages, List<FieldError> errors) {
        if (!messages.isArray() || messages.isEmpty()) {
            errors.add(new FieldError("/messages", "must be an array of at least one message"));
            return;
        }
        for (int i = 0; i < messages.size(); i++) {
            if (!messages.get(i).path("role").isTextual()) {
                errors.add(new FieldError("/messages/" + i + "/role", "is required"));
                return;
            }
        }
    }

    /** One entry a call, and all of the answer judged: what would hide a part is refused. */
    private static void checkWhatRulesCanSee(ObjectNode body, List<FieldError> errors) {
        if (body.hasNonNull("n") && !(body.get("n").isNumber() && body.get("n").asInt() == 1)) {
            errors.add(new FieldError("/n", "must be 1: each answer is judged as a call"));
        }
        for (JsonNode modality : body.path("modalities")) {
            if (!modality.asText().equals("text")) {
                errors.add(new FieldError("/modalities", "can only be text: rules judge no other"));
            }
        }
        if (body.hasNonNull("audio")) {
            errors.add(new FieldError("/audio", "is not supported: rules judge text only"));
        }
    }

    private static boolean flag(
            JsonNode node, String field, String pointer, List<FieldError> errors) {
        JsonNode value = node.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            errors.add(new FieldError(pointer, "must be true or false"));
        }
        return value.asBoolean(false);
    }

    private static String text(
            JsonNode node, String field, String pointer, List<FieldError> errors) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().length() > LONGEST_NAME) {
            errors.add(new FieldError(pointer, "must be at most " + LONGEST_NAME + " characters"));
            return null;
        }
        return value.textValue().isEmpty() ? null : value.textValue();
    }

    private static String header(
            Function<String, String> headers, String name, List<FieldError> errors) {
        String value = headers.apply(name);
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > LONGEST_NAME || !StorableJson.isUnicode(value)) {
            errors.add(
                    new FieldError("/" + name, "must be at most " + LONGEST_NAME + " characters"));
            return null;
        }
        return value.strip();
    }
}
