package dev.acey.dataset.example;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One training example.
 *
 * @param fields exactly the training fields, in the format's order
 * @param leavesOutIntents whether the output had intents that the format has no place for
 * @param text what near duplicates are told by: what was asked last and what is answered, without
 *     instructions, system messages and earlier turns, which many examples share
 * @param conversation as {@link Conversation} tells it
 */
public record Example(ObjectNode fields, boolean leavesOutIntents, String text, long conversation)
        implements Outcome {}
