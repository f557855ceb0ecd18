package dev.acey.rollout.rules;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A rule set as lists show it.
 *
 * @param hash its name: {@code sha256:} and the hash of its canonical JSON
 * @param active whether it judges now
 * @param activatedAt when it was activated last; null if never
 */
@RegisterForReflection
record StoredRuleSet(String hash, Instant createdAt, boolean active, Instant activatedAt) {}
