package dev.acey.dataset.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.provider.Report;
import dev.acey.dataset.provider.Training;
import dev.acey.dataset.version.DatasetVersion;
import dev.acey.kit.json.JsonConventions;
import dev.acey.kit.problem.Dependencies;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Makes a trained model known at rollout-service: in its registry, with what it learned from, and
 * as its task's candidate. Every step again is harmless.
 */
@ApplicationScoped
class Registration {

    private static final int LONGEST_TASK = 40;
    private static final int TIMEOUT_SECONDS = 30;

    private final RolloutServiceClient client;

    Registration(@RestClient RolloutServiceClient client) {
        this.client = client;
    }

    /** The name of the model that a training makes: the same whenever it is asked. */
    static String nameOf(Training training) {
        String task = training.dataset().taskType();
        String id = training.id().toString();
        return task.substring(0, Math.min(LONGEST_TASK, task.length()))
                + "-v"
                + training.dataset().version()
                + "-"
                + id.substring(id.length() - 12);
    }

    /**
     * Registers what came of a training. Where rollout-service refuses, what it was is said; the
     * training has succeeded all the same.
     *
     * @param staleSince null, or since when the model must not be trusted to have forgotten
     */
    @Timeout(value = TIMEOUT_SECONDS, unit = ChronoUnit.SECONDS)
    Uni<Registered> register(Training training, Report report, Instant staleSince) {
        if (report.baseUrl() == null) {
            return Uni.createFrom()
                    .item(new Registered(null, null, "Nobody said where the model is served."));
        }
        String model = nameOf(training);
        String task = training.dataset().taskType();
        return client.register(model, model(report))
                .chain(() -> client.lineage(model, lineage(training, staleSince)))
                .chain(() -> candidate(model, task))
                .onFailure(Registration::isRefusal)
                .recoverWithItem(f -> new Registered(null, null, "The model: " + answer(f)));
    }

    /** Says since when what a model learned from is stale. */
    @Timeout(value = TIMEOUT_SECONDS, unit = ChronoUnit.SECONDS)
    Uni<Void> flag(Training training, Instant staleSince) {
        return client.lineage(nameOf(training), lineage(training, staleSince));
    }

    private Uni<Registered> candidate(String model, String task) {
        ObjectNode candidate = JsonNodeFactory.instance.objectNode().put("model", model);
        return client.candidate(task, candidate)
                .replaceWith(new Registered(model, task, null))
                .onFailure(Registration::isRefusal)
                .recoverWithItem(f -> new Registered(model, null, "The candidate: " + answer(f)));
    }

    private static ObjectNode model(Report report) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("baseUrl", report.baseUrl())
                .put("upstreamModel", report.resultModel())
                .put("apiKeyRef", report.apiKeyRef());
    }

    private static ObjectNode lineage(Training training, Instant staleSince) {
        DatasetVersion dataset = training.dataset();
        return JsonNodeFactory.instance
                .objectNode()
                .put("dataset", dataset.filename())
                .put("version", dataset.version())
                .put("sha256", dataset.sha256())
                .put("training", training.id().toString())
                .put("staleSince", staleSince == null ? null : JsonConventions.format(staleSince));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof WebApplicationException web
                && web.getResponse().getStatus() / 100 == 4
                && !Dependencies.isDown(web);
    }

    private static String answer(Throwable failure) {
        return ((WebApplicationException) failure).getResponse().readEntity(String.class);
    }
}
