package dev.acey.log.early;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * The answer to what was said about an entry that is not here yet.
 *
 * @param id of the entry
 * @param state waiting
 * @param until when it is forgotten unless the entry has arrived
 */
@RegisterForReflection
public record Waiting(UUID id, String state, Instant until) {}
