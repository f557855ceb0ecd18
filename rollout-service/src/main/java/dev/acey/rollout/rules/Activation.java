package dev.acey.rollout.rules;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * That a rule set became the active one.
 *
 * @param version grows with each activation, from 1
 */
@RegisterForReflection
record Activation(String hash, Instant activatedAt, long version) {}
