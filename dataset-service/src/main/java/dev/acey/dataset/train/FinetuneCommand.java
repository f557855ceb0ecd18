package dev.acey.dataset.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * What to train, as a client asks for it.
 *
 * @param dataset its file's name
 * @param version of the dataset; the newest when missing
 * @param baseModel as the provider calls it
 * @param provider the first that is configured when missing
 * @param hyperparameters the provider's own, such as {@code n_epochs}
 * @param suffix of the result's name; task and version when missing
 */
@RegisterForReflection
public record FinetuneCommand(
        @NotNull(message = "is required") @Size(max = 128, message = "is too long") String dataset,
        @Min(value = 1, message = VERSION) @Max(value = 999_999_999, message = VERSION)
                Integer version,
        @NotNull(message = "is required")
                @Pattern(
                        regexp = "[\\p{Graph}&&\\p{ASCII}]{1,256}",
                        message = "must be 1 to 256 visible ASCII characters without blanks")
                String baseModel,
        @Size(max = 64, message = "is too long") String provider,
        @Size(max = 32, message = "must be at most 32 settings")
                Map<
                                @Pattern(
                                        regexp = "\\w{1,64}",
                                        message = "must be 1 to 64 of A-Z a-z 0-9 _")
                                String,
                                JsonNode>
                        hyperparameters,
        @Pattern(
                        regexp = "[A-Za-z0-9-]{1,40}",
                        message = "must be 1 to 40 letters, digits or hyphens")
                String suffix) {

    private static final String VERSION = "must be a whole number from 1 to 999999999";
}
