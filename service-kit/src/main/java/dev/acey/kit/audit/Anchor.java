package dev.acey.kit.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * What another service remembers of a link.
 *
 * @param seq the link's number, from 1
 * @param hash the link's hash, 64 hexadecimal digits
 */
@RegisterForReflection
public record Anchor(
        @Min(1) long seq,
        @NotNull @Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 hexadecimal digits")
                String hash) {}
