package dev.acey.gateway.health;

import dev.acey.gateway.health.SystemHealth.State;
import dev.acey.gateway.upstream.Service;
import dev.acey.gateway.upstream.Services;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Asks every part at once, each for two seconds at most. */
@Path("/health")
@Tag(name = "System")
public class HealthResource {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Services services;
    private final Pool database;

    HealthResource(Services services, Pool database) {
        this.services = services;
        this.database = database;
    }

    /** 200 when every part is up, else 503 with the same document. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "How every part of the system is")
    @APIResponse(
            responseCode = "200",
            description = "Every part is up",
            content = @Content(schema = @Schema(implementation = SystemHealth.class)))
    @APIResponse(
            responseCode = "503",
            description = "At least one part is down",
            content = @Content(schema = @Schema(implementation = SystemHealth.class)))
    public Uni<Response> health() {
        List<Uni<State>> answers = new ArrayList<>();
        for (Service service : Service.values()) {
            answers.add(stateOf(services.ready(service)));
        }
        answers.add(stateOf(database.query("SELECT 1").execute()));
        return Uni.join().all(answers).andCollectFailures().map(HealthResource::answer);
    }

    private static Uni<State> stateOf(Uni<?> question) {
        return question.map(answered -> State.UP)
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(State.DOWN)
                .onFailure()
                .recoverWithItem(State.DOWN);
    }

    private static Response answer(List<State> states) {
        Map<String, State> parts = new LinkedHashMap<>();
        parts.put("gateway", State.UP);
        for (Service service : Service.values()) {
            parts.put(service.key(), states.get(service.ordinal()));
        }
        parts.put("database", states.get(Service.values().length));
        SystemHealth health = SystemHealth.of(parts);
        return Response.status(health.status() == State.UP ? 200 : 503).entity(health).build();
    }
}
