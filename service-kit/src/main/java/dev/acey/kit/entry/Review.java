package dev.acey.kit.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A person's decision on an entry; it outranks the rules.
 *
 * @param reviewer who, as they gave it; null when they gave nothing
 * @param reason why; null when they gave none
 * @param at when
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Review(String reviewer, String reason, Instant at) {}
