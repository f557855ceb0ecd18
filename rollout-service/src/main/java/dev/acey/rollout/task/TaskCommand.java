package dev.acey.rollout.task;

import dev.acey.kit.task.Risk;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All there is to set for a task: what is left out is unset or its default.
 *
 * @param baseline the model that serves it; null only while it has none, no candidate and no
 *     overrides
 * @param candidate the model that is to follow, or null
 * @param risk of a bad answer; the catalogue's when missing
 * @param streaming buffered or passthrough; buffered when missing
 * @param cacheSeconds for how long a buffered answer is given again to the same question of the
 *     same user, outside of rollouts: 0 (never, the default) to 86400
 * @param overrides the model for single stickiness keys: up to 1,000, keys of 1 to 256 characters
 */
@RegisterForReflection
public record TaskCommand(
        @Pattern(regexp = MODEL, message = NO_MODEL) String baseline,
        @Pattern(regexp = MODEL, message = NO_MODEL) String candidate,
        Risk risk,
        Streaming streaming,
        @Min(value = 0, message = CACHE) @Max(value = 86_400, message = CACHE) Integer cacheSeconds,
        @Size(max = 1000, message = "must be at most 1000 keys")
                Map<
                                @Size(min = 1, max = 256, message = "must be 1 to 256 characters")
                                String,
                                @NotNull(message = "must name a model")
                                @Pattern(regexp = MODEL, message = NO_MODEL) String>
                        overrides) {

    private static final String MODEL = "[a-z][a-z0-9._-]{0,63}";
    private static final String CACHE = "must be 0 to 86400 seconds";
    private static final String NO_MODEL = "is no name of a model: it must match ^" + MODEL + "$";

    public TaskCommand {
        streaming = streaming == null ? Streaming.BUFFERED : streaming;
        cacheSeconds = cacheSeconds == null ? 0 : cacheSeconds;
        overrides = overrides == null ? Map.of() : new LinkedHashMap<>(overrides);
    }
}
