package dev.acey.dataset.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.dataset.provider.Report;
import dev.acey.dataset.provider.Report.Checkpoint;
import dev.acey.dataset.provider.Report.Event;
import dev.acey.dataset.provider.TrainingState;
import dev.acey.kit.json.JsonConventions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the API tells of a job, as {@link Report}s. */
final class Reports {

    private Reports() {}

    static Report of(JsonNode job, JsonNode events, JsonNode checkpoints, OpenAiSettings settings) {
        List<Checkpoint> steps = checkpoints(checkpoints);
        JsonNode tokens = job.path("trained_tokens");
        return new Report(
                state(job.path("status").asText()),
                text(job.path("fine_tuned_model")),
                settings.baseUrl().orElse(null),
                settings.key().orElse(null),
                events(events),
                steps,
                steps.isEmpty() ? null : steps.get(steps.size() - 1).metrics(),
                tokens.isNumber() ? Long.valueOf(tokens.asLong()) : null,
                text(job.path("error").path("message")));
    }

    /** A status nobody has heard of is not an end. */
    private static TrainingState state(String status) {
        return switch (status) {
            case "validating_files", "queued" -> TrainingState.QUEUED;
            case "succeeded" -> TrainingState.SUCCEEDED;
            case "failed" -> TrainingState.FAILED;
            case "cancelled" -> TrainingState.CANCELLED;
            default -> TrainingState.RUNNING;
        };
    }

    private static List<Event> events(JsonNode answer) {
        List<Event> events = new ArrayList<>();
        for (JsonNode event : answer.path("data")) {
            if (events.size() < Report.MOST_EVENTS) {
                events.add(
                        new Event(
                                JsonConventions.format(
                                        Instant.ofEpochSecond(event.path("created_at").asLong())),
                                text(event.path("level")),
                                text(event.path("message"))));
            }
        }
        Collections.reverse(events);
        return events;
    }

    private static List<Checkpoint> checkpoints(JsonNode answer) {
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (JsonNode one : answer.path("data")) {
            checkpoints.add(
                    new Checkpoint(
                            one.path("step_number").asLong(),
                            text(one.path("fine_tuned_model_checkpoint")),
                            one.path("metrics")));
        }
        Collections.reverse(checkpoints);
        return checkpoints;
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }
}
