package dev.acey.rollout.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.json.StorableJson;
import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.task.TaskCatalogue;
import dev.acey.kit.token.KeyedHash;
import dev.acey.kit.token.RouteToken;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Nothing here waits for anything: the answer comes from memory, and nothing is logged. */
@Path("/api/rollout/route")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Live traffic")
class RouteResource {

    private static final int LONGEST_KEY = 256;

    private final Snapshots snapshots;
    private final RouteToken tokens;
    private final KeyedHash hash;
    private final Clock clock;
    private final MeterRegistry metrics;

    RouteResource(
            Snapshots snapshots,
            RouteToken tokens,
            KeyedHash hash,
            Clock clock,
            MeterRegistry metrics) {
        this.snapshots = snapshots;
        this.tokens = tokens;
        this.hash = hash;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * @param rolloutId null outside a rollout, and for a pinned key
     * @param stage of that rollout, counted from 0
     * @param token what log-service believes when the call is logged, for a day
     */
    @JsonInclude
    record RouteAnswer(
            Route.Variant variant,
            String model,
            Route.Reason reason,
            UUID rolloutId,
            Integer stage,
            String token) {}

    /** Without a key, as if each request had its own. */
    @GET
    @NonBlocking
    @Operation(summary = "Which model serves this task and key now, with a token for the log")
    public RestResponse<RouteAnswer> route(
            @QueryParam("taskType") String taskType, @QueryParam("key") String key) {
        boolean sticky = key != null && !key.isEmpty();
        check(taskType, sticky ? key : null);
        key = sticky ? key : UUID.randomUUID().toString();
        Instant now = clock.instant();
        Route route =
                snapshots.known().route(taskType, key, now).orElseThrow(() -> unserved(taskType));
        metrics.counter(
                        "acey.routes",
                        "variant",
                        route.variant().name().toLowerCase(Locale.ROOT),
                        "reason",
                        route.reason().name().toLowerCase(Locale.ROOT))
                .increment();
        return RestResponse.ResponseBuilder.ok(
                        new RouteAnswer(
                                route.variant(),
                                route.model(),
                                route.reason(),
                                route.rolloutId(),
                                route.stage(),
                                token(taskType, sticky ? key : null, route, now)))
                .header("Cache-Control", "no-store")
                .build();
    }

    private String token(String taskType, String key, Route route, Instant now) {
        return tokens.sign(
                new RouteToken.Claims(
                        taskType,
                        route.variant().name().toLowerCase(Locale.ROOT),
                        route.model(),
                        route.rolloutId() == null ? null : route.rolloutId().toString(),
                        route.stage(),
                        key == null ? null : hash.of("sticky-key", key),
                        now.toEpochMilli()));
    }

    private static void check(String taskType, String key) {
        if (taskType == null || taskType.isEmpty()) {
            throw ProblemException.invalid("/taskType", "is required");
        }
        if (!LogEntryReader.TASK_TYPE.matcher(taskType).matches()) {
            throw ProblemException.invalid(
                    "/taskType", "must match " + LogEntryReader.TASK_TYPE.pattern());
        }
        if (key != null && (key.length() > LONGEST_KEY || !StorableJson.isUnicode(key))) {
            throw ProblemException.invalid(
                    "/key", "must be at most " + LONGEST_KEY + " characters of text");
        }
    }

    static ProblemException unserved(String taskType) {
        String help =
                " Register a model with PUT /api/models/{name} {\"baseUrl\": …, \"upstreamModel\":"
                        + " …}, then make it the baseline with PUT /api/tasks/"
                        + taskType
                        + " {\"baseline\": name}.";
        return TaskCatalogue.of(taskType).known()
                ? ProblemException.conflict("No model serves the task " + taskType + "." + help)
                : ProblemException.notFound("There is no task " + taskType + "." + help);
    }
}
