package dev.acey.rollout.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.judge.ChatOutput;
import dev.acey.rollout.model.KnownModel;
import dev.acey.rollout.model.KnownModels;
import dev.acey.rollout.upstream.Upstream;
import dev.acey.rollout.upstream.UpstreamFailure;
import dev.acey.rollout.usage.TokenEstimate;
import dev.acey.rollout.usage.Usage;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** One question to one model, with the keys, limits and breakers that live calls have. */
@Path("/internal/models/{name}/ask")
@Produces(MediaType.APPLICATION_JSON)
class AskResource {

    private final Upstream upstream;
    private final KnownModels models;
    private final TokenEstimate estimate;
    private final ObjectMapper json;
    private final Clock clock;

    AskResource(
            Upstream upstream,
            KnownModels models,
            TokenEstimate estimate,
            ObjectMapper json,
            Clock clock) {
        this.upstream = upstream;
        this.models = models;
        this.estimate = estimate;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A model that fails is a 502 whose type names the failure as log entries do. Too many calls
     * are a 429 or 503 with {@code Retry-After}: the model said so, or this service has no room.
     *
     * @param body a chat completion's request; who is asked and how it is sent is decided here
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Asked> ask(@PathParam("name") String name, @NotNull ObjectNode body) {
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw ProblemException.invalid("/messages", "must be an array of at least one message");
        }
        KnownModel model =
                models.find(name)
                        .orElseThrow(
                                () -> ProblemException.notFound("There is no model " + name + "."));
        body.remove(List.of("model", "stream", "stream_options"));
        long start = clock.millis();
        return upstream.ask(name, body, null, attempt -> {})
                .flatMap(
                        completion -> {
                            long took = clock.millis() - start;
                            return estimate.said(messages, completion)
                                    .map(usage -> asked(model, completion, usage, took));
                        })
                .onFailure(UpstreamFailure.class)
                .transform(failure -> problem((UpstreamFailure) failure));
    }

    private Asked asked(KnownModel model, ObjectNode completion, Usage usage, long took) {
        JsonNode choice = completion.path("choices").path(0);
        ChatOutput output = ChatOutput.of(choice.path("message"), json);
        return new Asked(
                model.name(),
                completion.path("model").asText(model.upstreamModel()),
                output.content(),
                output.acey(),
                !ChatOutput.toolCalls(choice.path("message")).isEmpty(),
                choice.path("finish_reason").textValue(),
                usage,
                usage.cost(model.pricing()),
                took);
    }

    private static ProblemException problem(UpstreamFailure why) {
        int status = why.isBusy() ? why.status() : 502;
        return new ProblemException(Problem.named(why.type(), status, why.getMessage()));
    }
}
