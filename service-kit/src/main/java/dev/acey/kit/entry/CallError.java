package dev.acey.kit.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Why a call failed.
 *
 * @param type a short name such as {@code upstream_timeout}, up to 64 characters
 * @param message for a person; may be null
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record CallError(String type, String message) {}
