package dev.acey.gateway.calls;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A simulation being run by simulation-service.
 *
 * @param state {@code running} until it ended
 * @param verdict {@code pass}, {@code fail} or {@code inconclusive}; null before that
 * @param reasons for the verdict, in words
 * @param error what went wrong, else null
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Simulation(
        String id,
        String state,
        String verdict,
        List<String> reasons,
        JsonNode statistics,
        JsonNode consistency,
        JsonNode flips,
        JsonNode drift,
        JsonNode error)
        implements LongWork {

    /**
     * What to simulate: logged calls of one task, sampled by seed; under the rules only, or, with a
     * candidate, asked of it.
     */
    @RegisterForReflection
    public record Order(Select select, Config config) {

        public static Order of(String taskType, int sampleSize, String candidate) {
            return new Order(
                    new Select(taskType, sampleSize, 0), new Config(true, true, candidate, 0));
        }
    }

    /** Which logged calls. */
    @RegisterForReflection
    public record Select(String taskType, int sampleSize, long seed) {}

    /** How. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Config(boolean dryRun, boolean autoRules, String candidateModel, long seed) {}
}
