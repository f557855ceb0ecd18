package dev.acey.dataset.example;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One training example.
 *
 * @param fields exactly the training fields, in the format's order
 * @param leavesOutIntents whether the output had intents that the format has no place for
 */
public record Example(ObjectNode fields, boolean leavesOutIntents) implements Outcome {}
