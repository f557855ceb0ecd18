package dev.acey.dataset.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.dataset.provider.Report;
import dev.acey.dataset.provider.Report.Event;
import dev.acey.dataset.provider.TrainingState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a cluster tells of a training, as {@link Report}s. */
@Singleton
class ClusterReports {

    private final KubernetesSettings settings;
    private final ObjectMapper json;

    ClusterReports(KubernetesSettings settings, ObjectMapper json) {
        this.settings = settings;
        this.json = json;
    }

    /**
     * @param resource the Job or TrainJob
     * @param pods its own
     */
    Report of(JsonNode resource, List<Pod> pods) {
        JsonNode conditions = resource.at("/status/conditions");
        TrainingState state = state(resource, conditions);
        JsonNode result = result(pods);
        JsonNode tokens = result.path("trainedTokens");
        return new Report(
                state,
                state == TrainingState.SUCCEEDED ? text(result.path("model")) : null,
                Optional.ofNullable(text(result.path("baseUrl")))
                        .or(settings::modelBaseUrl)
                        .orElse(null),
                settings.modelKey().orElse(null),
                events(conditions),
                List.of(),
                result.has("metrics") ? result.get("metrics") : null,
                tokens.canConvertToLong() ? Long.valueOf(tokens.asLong()) : null,
                state == TrainingState.FAILED ? message(conditions, "Failed") : null);
    }

    private static TrainingState state(JsonNode resource, JsonNode conditions) {
        if (holds(conditions, "Failed")) {
            return TrainingState.FAILED;
        }
        if (holds(conditions, "Complete")) {
            return TrainingState.SUCCEEDED;
        }
        boolean active =
                resource.at("/status/active").asInt() > 0
                        || resource.at("/status/jobsStatus/0/active").asInt() > 0;
        return active ? TrainingState.RUNNING : TrainingState.QUEUED;
    }

    private static boolean holds(JsonNode conditions, String type) {
        for (JsonNode one : conditions) {
            if (one.path("type").asText().equals(type)
                    && one.path("status").asText().equals("True")) {
                return true;
            }
        }
        return false;
    }

    private static String message(JsonNode conditions, String type) {
        for (JsonNode one : conditions) {
            if (one.path("type").asText().equals(type)) {
                return one.path("reason").asText() + ": " + one.path("message").asText();
            }
        }
        return null;
    }

    private static List<Event> events(JsonNode conditions) {
        List<Event> events = new ArrayList<>();
        for (JsonNode one : conditions) {
            events.add(
                    new Event(
                            one.path("lastTransitionTime").asText(),
                            one.path("type").asText().equals("Failed") ? "error" : "info",
                            one.path("type").asText()
                                    + " "
                                    + one.path("status").asText()
                                    + ": "
                                    + one.path("message").asText()));
        }
        return events;
    }

    /** What the container that ended well wrote; a text that is no JSON object names the model. */
    private JsonNode result(List<Pod> pods) {
        String message =
                pods.stream()
                        .map(Pod::getStatus)
                        .flatMap(status -> status.getContainerStatuses().stream())
                        .map(ContainerStatus::getState)
                        .map(state -> state == null ? null : state.getTerminated())
                        .filter(ended -> ended != null && ended.getExitCode() == 0)
                        .map(ContainerStateTerminated::getMessage)
                        .filter(text -> text != null && !text.isBlank())
                        .findFirst()
                        .orElse("{}");
        try {
            JsonNode result = json.readTree(message);
            return result.isObject() ? result : named(message);
        } catch (JsonProcessingException e) {
            return named(message);
        }
    }

    private JsonNode named(String model) {
        return json.createObjectNode().put("model", model.strip());
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }
}
