package dev.acey.rollout.model;

import dev.acey.kit.key.KeyReferences;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * All there is to say of a model: what is left out is unset or its default.
 *
 * @param baseUrl where an OpenAI-compatible server answers, up to and without {@code
 *     /chat/completions}
 * @param upstreamModel what that server calls the model
 * @param apiKeyRef {@code ACEY_KEY_*}, an environment variable, or {@code file:<name>}, a file of
 *     the key directory; null for a server that asks for none
 * @param timeoutMs for a whole answer, 100 to 600,000; 30,000 when missing
 * @param pricing null when unknown
 */
@RegisterForReflection
public record ModelCommand(
        @NotNull(message = "is required")
                @Size(max = 2048, message = "must be at most 2048 characters")
                @BaseUrl
                String baseUrl,
        @NotNull(message = "is required")
                @Pattern(
                        regexp = "[\\p{Graph}&&\\p{ASCII}]{1,256}",
                        message = "must be 1 to 256 visible ASCII characters without blanks")
                String upstreamModel,
        @Pattern(
                        regexp = KeyReferences.FORM,
                        message =
                                "must name a key, never be one: ACEY_KEY_<NAME> of the environment,"
                                        + " or file:<name> of the key directory")
                String apiKeyRef,
        @Min(value = 100, message = TIMEOUT) @Max(value = 600_000, message = TIMEOUT)
                Integer timeoutMs,
        @Valid Pricing pricing) {

    private static final String TIMEOUT = "must be a whole number from 100 to 600000";
    private static final int DEFAULT_TIMEOUT_MS = 30_000;

    public ModelCommand {
        timeoutMs = timeoutMs == null ? DEFAULT_TIMEOUT_MS : timeoutMs;
    }
}
