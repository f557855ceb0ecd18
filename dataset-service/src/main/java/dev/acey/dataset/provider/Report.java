package dev.acey.dataset.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What a provider tells of a job.
 *
 * @param resultModel as whoever serves it calls it; null before it succeeded
 * @param baseUrl where the result is served, OpenAI-compatible; null where nobody said
 * @param apiKeyRef the name of the key that server asks for; null for none
 * @param events oldest first, the latest {@value #MOST_EVENTS}
 * @param metrics the latest there are; null without any
 * @param trainedTokens null where it is not told
 * @param error why it failed; else null
 */
@RegisterForReflection
public record Report(
        TrainingState state,
        String resultModel,
        String baseUrl,
        String apiKeyRef,
        List<Event> events,
        List<Checkpoint> checkpoints,
        JsonNode metrics,
        Long trainedTokens,
        String error) {

    public static final int MOST_EVENTS = 100;

    /** A report of a state alone. */
    public static Report of(TrainingState state, String error) {
        return new Report(state, null, null, null, List.of(), List.of(), null, null, error);
    }

    /**
     * Something that happened.
     *
     * @param at ISO 8601
     */
    @RegisterForReflection
    public record Event(String at, String level, String message) {}

    /** A model on the way. */
    @RegisterForReflection
    public record Checkpoint(long step, String model, JsonNode metrics) {}
}
