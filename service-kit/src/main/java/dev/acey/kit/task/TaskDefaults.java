package dev.acey.kit.task;

/**
 * What holds for a task until a service's own settings say otherwise.
 *
 * @param taskType its name
 * @param known whether it is one of the eight
 * @param risk of a bad answer
 * @param format of its training examples
 * @param instruction what the model is asked to do, as instruction examples say it
 */
public record TaskDefaults(
        String taskType, boolean known, Risk risk, Format format, String instruction) {}
