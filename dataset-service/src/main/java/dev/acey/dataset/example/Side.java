package dev.acey.dataset.example;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One side of a preference: an answer to a prompt, good or bad.
 *
 * @param preferred whether it is the good one
 * @param byPerson whether a person said so, or wrote it
 * @param messages the prompt
 * @param asked what was asked last
 * @param answer what was said
 * @param conversation as {@link Conversation} tells it
 */
public record Side(
        boolean preferred,
        boolean byPerson,
        ArrayNode messages,
        String asked,
        String answer,
        boolean leavesOutIntents,
        long conversation) {

    /**
     * The example that both sides make: OpenAI's layout for direct preference optimisation, {@code
     * {input: {messages}, preferred_output, non_preferred_output}}.
     *
     * @param other what is not preferred, to the same prompt
     */
    public Example over(Side other) {
        ObjectNode fields = messages.objectNode();
        fields.putObject("input").set("messages", messages);
        fields.set("preferred_output", said());
        fields.set("non_preferred_output", other.said());
        return new Example(
                fields,
                leavesOutIntents || other.leavesOutIntents,
                asked + "\n" + answer + "\n" + other.answer,
                other.conversation);
    }

    private ArrayNode said() {
        ArrayNode output = messages.arrayNode();
        output.addObject().put("role", "assistant").put("content", answer);
        return output;
    }
}
