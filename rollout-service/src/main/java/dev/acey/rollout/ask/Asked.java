package dev.acey.rollout.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.rollout.usage.Usage;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a model answered.
 *
 * @param upstreamModel as the provider names what answered
 * @param raw the message's text; null where it has none
 * @param aceyOutput as the rules would see the answer on the live path
 * @param toolCalls whether the model called tools
 * @param finishReason as the provider gave it, or null
 * @param cost in US dollars; null where the model has no pricing
 * @param responseTime milliseconds, tries included
 */
@RegisterForReflection
record Asked(
        String model,
        String upstreamModel,
        String raw,
        ObjectNode aceyOutput,
        boolean toolCalls,
        String finishReason,
        Usage usage,
        Double cost,
        long responseTime) {}
