package dev.acey.rollout.upstream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One call to a model, as {@code routing.attempts} has it.
 *
 * @param variant the arm it was made for
 * @param status what the model's server answered; null if it did not
 * @param error why it gave no answer; null if it gave one
 * @param milliseconds it took
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(
        String model, String variant, Integer status, String error, long milliseconds) {}
