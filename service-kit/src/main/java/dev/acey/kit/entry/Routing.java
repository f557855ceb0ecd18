package dev.acey.kit.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Which arm served a call.
 *
 * @param rolloutId the rollout, or null outside one
 * @param variant the arm that was assigned: baseline or candidate
 * @param servedBy the arm that answered; null where only the assignment is known
 * @param stage the rollout's stage, counted from 0, or null outside one
 * @param model the registered name of the model
 * @param attempts every call made for this request, or null
 * @param keyHash keyed hash of the stickiness key, or null without a key
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Routing(
        String rolloutId,
        String variant,
        String servedBy,
        Integer stage,
        String model,
        JsonNode attempts,
        String keyHash) {}
