package dev.acey.dataset.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.rules.sensitive.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** What was asked: a conversation; a plain prompt is one message of the user. */
record Prompt(List<Message> messages) {

    private static final String PARAGRAPH = "\n\n";
    private static final Set<String> SYSTEM = Set.of("system", "developer");
    private static final Set<String> CHAT_ROLES =
            Set.of("system", "developer", "user", "assistant");
    private static final Set<String> TEXT_PARTS = Set.of("text", "input_text");

    record Message(String role, String content) {
        boolean isSystem() {
            return SYSTEM.contains(role);
        }
    }

    /** Empty where a message has anything but text: an image, a call of a tool. */
    static Optional<Prompt> of(JsonNode llmPrompt) {
        if (llmPrompt == null) {
            return Optional.empty();
        }
        if (llmPrompt.isTextual()) {
            return Optional.of(new Prompt(List.of(new Message("user", llmPrompt.textValue()))));
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : llmPrompt) {
            Optional<String> content = text(message.path("content"));
            if (content.isEmpty()) {
                return Optional.empty();
            }
            messages.add(new Message(message.path("role").asText(), content.get()));
        }
        return Optional.of(new Prompt(messages));
    }

    /** The same without personal data and credentials. */
    Prompt redacted(Redactor redactor, Map<String, Integer> counts) {
        return redactor.isIdle()
                ? this
                : new Prompt(
                        messages.stream()
                                .map(
                                        m ->
                                                new Message(
                                                        m.role(),
                                                        redactor.redact(m.content(), counts)))
                                .toList());
    }

    /** The messages as trainers of chats read them; empty where one has a role they do not know. */
    Optional<ArrayNode> chat() {
        ArrayNode chat = JsonNodeFactory.instance.arrayNode();
        for (Message message : messages) {
            if (!CHAT_ROLES.contains(message.role())) {
                return Optional.empty();
            }
            chat.addObject().put("role", message.role()).put("content", message.content());
        }
        return Optional.of(chat);
    }

    /** What the system messages say, empty without any. */
    String system() {
        StringJoiner said = new StringJoiner(PARAGRAPH);
        for (Message message : messages) {
            if (message.isSystem()) {
                said.add(message.content());
            }
        }
        return said.toString();
    }

    /** What is asked beside the system messages. */
    String request() {
        List<Message> asked = new ArrayList<>(messages);
        asked.removeIf(Message::isSystem);
        return transcript(asked);
    }

    /** Everything, in one text. */
    String whole() {
        return transcript(messages);
    }

    /** The first message beside the system's; nothing where there is none. */
    String opening() {
        for (Message message : messages) {
            if (!message.isSystem()) {
                return message.content();
            }
        }
        return "";
    }

    /** What the user said last; everything where the user said nothing. */
    String lastOfUser() {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role().equals("user")) {
                return messages.get(i).content();
            }
        }
        return whole();
    }

    /** One message is its own text; of several each is told by its role. */
    private static String transcript(List<Message> messages) {
        return messages.size() == 1
                ? messages.get(0).content()
                : messages.stream()
                        .map(m -> m.role() + ": " + m.content())
                        .collect(Collectors.joining(PARAGRAPH));
    }

    private static Optional<String> text(JsonNode content) {
        if (content.isTextual()) {
            return Optional.of(content.textValue());
        }
        if (!content.isArray()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : content) {
            if (!TEXT_PARTS.contains(part.path("type").asText())
                    || !part.path("text").isTextual()) {
                return Optional.empty();
            }
            parts.add(part.path("text").textValue());
        }
        return Optional.of(String.join("\n", parts));
    }
}
