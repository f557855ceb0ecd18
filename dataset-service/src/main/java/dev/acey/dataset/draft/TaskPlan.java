package dev.acey.dataset.draft;

import dev.acey.dataset.choose.ChoiceRules;
import dev.acey.dataset.example.Converter;
import dev.acey.dataset.example.EntryFilter;

/**
 * How one task's dataset is made.
 *
 * @param rules which examples are chosen
 */
public record TaskPlan(
        String taskType, EntryFilter filter, Converter converter, ChoiceRules rules) {}
