package dev.acey.simulation.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.job.Job;
import dev.acey.kit.json.JsonConventions;
import dev.acey.simulation.cases.StoredCase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** Simulations and their cases as the API shows them. */
@Singleton
class SimulationView {

    private static final List<String> IN_A_LIST =
            List.of(
                    "verdict",
                    "reasons",
                    "tasks",
                    "candidateModel",
                    "gates",
                    "ruleSet",
                    "statistics");

    private final ObjectMapper json;

    SimulationView(ObjectMapper json) {
        this.json = json;
    }

    /** The whole simulation; its result's fields once it has one, a null verdict before. */
    ObjectNode full(Job job) {
        ObjectNode view = head(job);
        if (job.result() instanceof ObjectNode result) {
            view.setAll(result);
        }
        return tail(view, job);
    }

    /** What a list needs. */
    ObjectNode brief(Job job) {
        ObjectNode view = head(job);
        if (job.result() instanceof ObjectNode result) {
            IN_A_LIST.forEach(field -> view.set(field, result.get(field)));
        }
        return tail(view, job);
    }

    /** What came of one case; without a result before it was judged. */
    ObjectNode one(StoredCase stored) {
        ObjectNode view =
                json.createObjectNode()
                        .put("position", stored.position())
                        .put("taskType", stored.taskType())
                        .put("logId", stored.logId() == null ? null : stored.logId().toString());
        if (stored.result() != null) {
            var result = stored.toResult(json);
            view.put("flipped", result.flipped());
            view.setAll((ObjectNode) json.<JsonNode>valueToTree(result));
        }
        return view;
    }

    private ObjectNode head(Job job) {
        return json.createObjectNode()
                .put("id", job.name())
                .put("state", job.shown().state().json())
                .putNull("verdict");
    }

    private ObjectNode tail(ObjectNode view, Job job) {
        view.set("progress", json.valueToTree(job.progress()));
        view.set("error", json.valueToTree(job.error()));
        return view.put("createdAt", time(job.createdAt()))
                .put("startedAt", time(job.startedAt()))
                .put("endedAt", time(job.endedAt()))
                .set("request", request(job));
    }

    /** As the client gave it: what the service added for itself is not shown. */
    private static JsonNode request(Job job) {
        return job.config() instanceof ObjectNode order
                ? order.deepCopy().without(List.of("calls", "nanodollars"))
                : job.config();
    }

    private static String time(Instant at) {
        return at == null ? null : JsonConventions.format(at);
    }
}
