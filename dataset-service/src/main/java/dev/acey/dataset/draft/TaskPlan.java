package dev.acey.dataset.draft;

import dev.acey.dataset.example.Converter;
import dev.acey.dataset.example.EntryFilter;

/**
 * How one task's dataset is made.
 *
 * @param deduplicate whether of examples that say the same only the oldest is kept
 * @param maxExamples the oldest so many are kept
 */
public record TaskPlan(
        String taskType,
        EntryFilter filter,
        Converter converter,
        boolean deduplicate,
        long maxExamples) {}
