package dev.acey.dataset.train;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What became of a trained model at rollout-service.
 *
 * @param model its name in the registry; null where it could not be registered
 * @param candidateOf the task whose candidate it is; null where it is none
 * @param detail why it is not all of that; else null
 */
@RegisterForReflection
record Registered(String model, String candidateOf, String detail) {}
