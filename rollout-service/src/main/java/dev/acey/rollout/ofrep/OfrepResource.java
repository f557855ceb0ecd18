package dev.acey.rollout.ofrep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.rollout.route.Snapshot;
import dev.acey.rollout.route.Snapshots;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * OFREP 0.1, the core part: one flag {@code model.<taskType>} for each task, decided from memory as
 * {@code /api/rollout/route} does. Answers hold for a key, so a provider may cache them until the
 * settings change; nothing is logged.
 */
@Path("/ofrep/v1/evaluate/flags")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Live traffic")
class OfrepResource {

    private static final int SOON = 2;
    private static final String JSON = MediaType.APPLICATION_JSON;
    private static final String EXAMPLE = "{\"context\": {\"targetingKey\": \"ann\"}}";

    private final Snapshots snapshots;
    private final ObjectMapper json;
    private final Clock clock;

    OfrepResource(Snapshots snapshots, ObjectMapper json, Clock clock) {
        this.snapshots = snapshots;
        this.json = json;
        this.clock = clock;
    }

    @RegisterForReflection
    record Evaluations(List<Evaluation> flags) {}

    @POST
    @Path("/{key}")
    @NonBlocking
    @Operation(summary = "OpenFeature: which model serves a task for a targeting key")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Evaluation.class)))
    public RestResponse<Object> one(
            @PathParam("key") String key,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = JSON,
                                            schema =
                                                    @Schema(
                                                            type = SchemaType.OBJECT,
                                                            example = EXAMPLE)))
                    byte[] body) {
        try {
            String targetingKey = TargetingKey.of(body, json);
            return RestResponse.ok(evaluate(key, targetingKey));
        } catch (OfrepFailure e) {
            return answer(e, key);
        }
    }

    @POST
    @NonBlocking
    @Operation(summary = "OpenFeature: which model serves each task for a targeting key")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Evaluations.class)))
    public RestResponse<Object> all(
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = JSON,
                                            schema =
                                                    @Schema(
                                                            type = SchemaType.OBJECT,
                                                            example = EXAMPLE)))
                    byte[] body) {
        try {
            Evaluations evaluations = evaluate(TargetingKey.of(body, json));
            String tag = EntityTags.of(json.writeValueAsBytes(evaluations));
            return EntityTags.names(known, tag)
                    ? RestResponse.ResponseBuilder.notModified()
                            .header(HttpHeaders.ETAG, tag)
                            .build()
                    : RestResponse.ResponseBuilder.ok((Object) evaluations)
                            .header(HttpHeaders.ETAG, tag)
                            .build();
        } catch (OfrepFailure e) {
            return answer(e, null);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("evaluations always encode", e);
        }
    }

    private Evaluation evaluate(String key, String targetingKey) {
        String taskType = Evaluation.taskType(key);
        return snapshot()
                .route(taskType, targetingKey, clock.instant())
                .map(route -> Evaluation.of(taskType, route))
                .orElseThrow(
                        () ->
                                OfrepFailure.notFound(
                                        "There is no such flag: flags are model.<taskType>, one"
                                                + " for each task that has a baseline."));
    }

    private Evaluations evaluate(String targetingKey) {
        Instant now = clock.instant();
        Snapshot snapshot = snapshot();
        return new Evaluations(
                snapshot.tasks().keySet().stream()
                        .sorted()
                        .flatMap(
                                taskType ->
                                        snapshot.route(taskType, targetingKey, now).stream()
                                                .map(route -> Evaluation.of(taskType, route)))
                        .toList());
    }

    private Snapshot snapshot() {
        return snapshots
                .latest()
                .orElseThrow(
                        () ->
                                OfrepFailure.unavailable(
                                        "This replica has not seen the task settings yet."));
    }

    private static RestResponse<Object> answer(OfrepFailure failure, String key) {
        RestResponse.ResponseBuilder<Object> answer =
                RestResponse.ResponseBuilder.create(failure.status());
        if (failure.status() == RestResponse.StatusCode.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, SOON);
        }
        return answer.entity(failure.body(key)).build();
    }
}
