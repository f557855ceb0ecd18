package dev.acey.dataset.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.source.Call;
import dev.acey.kit.task.Format;
import dev.acey.rules.sensitive.Redactor;
import java.util.Map;
import java.util.Optional;

/**
 * Makes examples of one format.
 *
 * <ul>
 *   <li>instruction: {@code {instruction, input, output}}. The instruction is the prompt's own
 *       system messages, else the task's; input is the rest of the prompt, output the speech.
 *   <li>chat: {@code {messages}}: the prompt's messages and the speech as the assistant's.
 *   <li>classification: {@code {text, label}}: what the user said last, {@code safe} or {@code
 *       unsafe}. A rejected entry is unsafe; one a person accepted is safe; otherwise a shadow-ban
 *       intent of the model makes it unsafe.
 *   <li>structured: {@code {prompt, completion}}, the completion being the JSON of {@code {speech,
 *       intents}}.
 *   <li>preference: sides of a {@link Side} each.
 * </ul>
 *
 * @param instruction the task's, for prompts that have none of their own
 * @param redactor takes personal data and credentials out of prompts and answers
 */
public record Converter(Format format, String instruction, Redactor redactor) {

    private static final String SHADOW_BAN = "shadow_ban_suggestion";
    private static final Outcome EMPTY = new Outcome.Dropped(DropReason.EMPTY);
    private static final Outcome NOT_CONVERTIBLE = new Outcome.Dropped(DropReason.NOT_CONVERTIBLE);

    /**
     * The example, or why there is none: empty, or not to be said in this format.
     *
     * @param found gains what was taken out, by kind
     */
    public Outcome convert(Call call, Map<String, Integer> found) {
        Optional<Prompt> asked = Prompt.of(call.entry().llmPrompt());
        if (asked.isEmpty()) {
            return NOT_CONVERTIBLE;
        }
        if (asked.get().whole().isBlank()) {
            return EMPTY;
        }
        long conversation = Conversation.of(call.entry(), asked.get());
        Prompt prompt = asked.get().redacted(redactor, found);
        if (format == Format.CLASSIFICATION) {
            return classification(prompt, call, conversation);
        }
        if (format == Format.PREFERENCE) {
            return new Sides(redactor).of(call, prompt, conversation, found);
        }
        Answer answer = Answer.of(call).redacted(redactor, found);
        return switch (format) {
            case INSTRUCTION -> instruction(prompt, answer, conversation);
            case CHAT -> chat(prompt, answer, conversation);
            default -> structured(prompt, answer, conversation);
        };
    }

    private Outcome instruction(Prompt prompt, Answer answer, long conversation) {
        if (answer.isSilent()) {
            return EMPTY;
        }
        String own = prompt.system();
        ObjectNode fields =
                object().put("instruction", own.isBlank() ? instruction : own)
                        .put("input", prompt.request())
                        .put("output", answer.speech());
        return example(fields, prompt, answer, conversation);
    }

    private static Outcome chat(Prompt prompt, Answer answer, long conversation) {
        if (answer.isSilent()) {
            return EMPTY;
        }
        Optional<ArrayNode> messages = prompt.chat();
        if (messages.isEmpty()) {
            return NOT_CONVERTIBLE;
        }
        messages.get().addObject().put("role", "assistant").put("content", answer.speech());
        ObjectNode fields = object();
        fields.set("messages", messages.get());
        return example(fields, prompt, answer, conversation);
    }

    private static Outcome classification(Prompt prompt, Call call, long conversation) {
        String text = prompt.lastOfUser();
        Answer given = Answer.ofModel(call.entry());
        boolean decided =
                call.entry().review() != null || !given.isSilent() || !given.intents().isEmpty();
        if (text.isBlank() || !decided) {
            return EMPTY;
        }
        ObjectNode fields =
                object().put("text", text).put("label", isUnsafe(call, given) ? "unsafe" : "safe");
        return new Example(fields, false, text, conversation);
    }

    private static Outcome structured(Prompt prompt, Answer answer, long conversation) {
        if (answer.isSilent() && answer.intents().isEmpty()) {
            return EMPTY;
        }
        ObjectNode completion = object().put("speech", answer.speech());
        completion.set("intents", answer.intents());
        String written = JsonLine.json(completion);
        ObjectNode fields = object().put("prompt", prompt.whole()).put("completion", written);
        return new Example(fields, false, prompt.lastOfUser() + "\n" + written, conversation);
    }

    private static Example example(
            ObjectNode fields, Prompt prompt, Answer answer, long conversation) {
        return new Example(
                fields,
                !answer.intents().isEmpty(),
                prompt.lastOfUser() + "\n" + answer.speech(),
                conversation);
    }

    private static boolean isUnsafe(Call call, Answer given) {
        Decision decision = Decision.of(call.entry());
        if (decision == Decision.REJECTED) {
            return true;
        }
        if (decision == Decision.ACCEPTED && call.entry().review() != null) {
            return false;
        }
        for (JsonNode intent : given.intents()) {
            if (SHADOW_BAN.equals(intent.path("type").asText())) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
