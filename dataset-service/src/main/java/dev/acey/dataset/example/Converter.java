package dev.acey.dataset.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.task.Format;
import java.util.Optional;
import java.util.Set;

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
 * </ul>
 *
 * @param instruction the task's, for prompts that have none of their own
 */
public record Converter(Format format, String instruction) {

    private static final Set<String> CHAT_ROLES =
            Set.of("system", "developer", "user", "assistant");
    private static final String SHADOW_BAN = "shadow_ban_suggestion";
    private static final Outcome EMPTY = new Outcome.Dropped(DropReason.EMPTY);
    private static final Outcome NOT_CONVERTIBLE = new Outcome.Dropped(DropReason.NOT_CONVERTIBLE);

    /** The example, or why there is none: empty, or not to be said in this format. */
    public Outcome convert(LogEntry entry) {
        Optional<Prompt> prompt = Prompt.of(entry.llmPrompt());
        if (prompt.isEmpty()) {
            return NOT_CONVERTIBLE;
        }
        if (prompt.get().whole().isBlank()) {
            return EMPTY;
        }
        return switch (format) {
            case INSTRUCTION -> instruction(prompt.get(), Answer.of(entry));
            case CHAT -> chat(prompt.get(), Answer.of(entry));
            case CLASSIFICATION -> classification(prompt.get(), entry);
            case STRUCTURED -> structured(prompt.get(), Answer.of(entry));
        };
    }

    private Outcome instruction(Prompt prompt, Answer answer) {
        if (answer.isSilent()) {
            return EMPTY;
        }
        String own = prompt.system();
        ObjectNode fields =
                object().put("instruction", own.isBlank() ? instruction : own)
                        .put("input", prompt.request())
                        .put("output", answer.speech());
        return new Example(fields, !answer.intents().isEmpty());
    }

    private static Outcome chat(Prompt prompt, Answer answer) {
        if (answer.isSilent()) {
            return EMPTY;
        }
        ObjectNode fields = object();
        ArrayNode messages = fields.putArray("messages");
        for (Prompt.Message message : prompt.messages()) {
            if (!CHAT_ROLES.contains(message.role())) {
                return NOT_CONVERTIBLE;
            }
            messages.addObject().put("role", message.role()).put("content", message.content());
        }
        messages.addObject().put("role", "assistant").put("content", answer.speech());
        return new Example(fields, !answer.intents().isEmpty());
    }

    private static Outcome classification(Prompt prompt, LogEntry entry) {
        String text = prompt.lastOfUser();
        Answer given = Answer.ofModel(entry);
        boolean decided = entry.review() != null || !given.isSilent() || !given.intents().isEmpty();
        if (text.isBlank() || !decided) {
            return EMPTY;
        }
        ObjectNode fields =
                object().put("text", text).put("label", isUnsafe(entry, given) ? "unsafe" : "safe");
        return new Example(fields, false);
    }

    private static Outcome structured(Prompt prompt, Answer answer) {
        if (answer.isSilent() && answer.intents().isEmpty()) {
            return EMPTY;
        }
        ObjectNode completion = object().put("speech", answer.speech());
        completion.set("intents", answer.intents());
        ObjectNode fields =
                object().put("prompt", prompt.whole()).put("completion", JsonLine.json(completion));
        return new Example(fields, false);
    }

    private static boolean isUnsafe(LogEntry entry, Answer given) {
        Decision decision = Decision.of(entry);
        if (decision == Decision.REJECTED) {
            return true;
        }
        if (decision == Decision.ACCEPTED && entry.review() != null) {
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
