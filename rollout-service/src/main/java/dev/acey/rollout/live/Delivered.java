package dev.acey.rollout.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.rollout.judge.ChatOutput;
import dev.acey.rules.Verdict;

/** The completion that a client gets. */
final class Delivered {

    private Delivered() {}

    /**
     * The completion after the verdict on it. Delivered: as the model gave it. Delivered in part:
     * JSON content is the output that is left, as JSON; a text is the speech that is left; tool
     * calls stay, because rules look at them but never change them. Blocked or held: no content and
     * {@code finish_reason: "content_filter"}.
     */
    static ObjectNode of(ObjectNode completion, ChatOutput output, Verdict verdict) {
        return switch (verdict.action()) {
            case DELIVER -> completion;
            case DELIVER_MODIFIED -> modified(completion, output, verdict.output());
            case BLOCK, HOLD_FOR_REVIEW -> withheld(completion);
        };
    }

    private static ObjectNode modified(ObjectNode completion, ChatOutput output, JsonNode left) {
        ObjectNode copy = completion.deepCopy();
        ObjectNode choice = (ObjectNode) copy.get("choices").get(0);
        choice.remove("logprobs");
        ObjectNode message = (ObjectNode) choice.get("message");
        String speech = left.path("speech").asText("");
        if (output.json()) {
            message.put("content", content((ObjectNode) left, message));
        } else if (output.content() != null) {
            message.put("content", speech);
        } else if (message.path("refusal").isTextual()) {
            message.put("refusal", speech);
        }
        return copy;
    }

    /** The output without the message's tool calls, which it was judged with. */
    private static String content(ObjectNode left, ObjectNode message) {
        ObjectNode content = left.deepCopy();
        int judgedBeside = ChatOutput.toolCalls(message).size();
        if (judgedBeside > 0 && content.get("toolCalls") instanceof ArrayNode calls) {
            for (int i = 0; i < judgedBeside && !calls.isEmpty(); i++) {
                calls.remove(calls.size() - 1);
            }
            if (calls.isEmpty()) {
                content.remove("toolCalls");
            }
        }
        return content.toString();
    }

    private static ObjectNode withheld(ObjectNode completion) {
        ObjectNode copy = completion.deepCopy();
        ObjectNode choice = (ObjectNode) copy.get("choices").get(0);
        choice.remove("logprobs");
        choice.put("finish_reason", "content_filter");
        choice.putObject("message").put("role", "assistant").put("content", "").putNull("refusal");
        return copy;
    }
}
