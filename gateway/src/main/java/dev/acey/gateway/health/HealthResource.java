package dev.acey.gateway.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
        List<Uni<Part>> answers = new ArrayList<>();
        for (Service service : Service.values()) {
            answers.add(partOf(services.ready(service).map(Part::up)));
        }
        answers.add(partOf(database.query("SELECT 1").execute().replaceWith(Part.up(null))));
        return Uni.join().all(answers).andCollectFailures().map(HealthResource::answer);
    }

    /** One part's state, and what it tells of itself or null. */
    private record Part(State state, ObjectNode details) {

        static Part up(ObjectNode details) {
            return new Part(State.UP, details);
        }
    }

    private static Uni<Part> partOf(Uni<Part> question) {
        Part down = new Part(State.DOWN, null);
        return question.ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(down)
                .onFailure()
                .recoverWithItem(down);
    }

    private static Response answer(List<Part> answers) {
        Map<String, State> parts = new LinkedHashMap<>();
        Map<String, ObjectNode> details = new LinkedHashMap<>();
        parts.put("gateway", State.UP);
        for (Service service : Service.values()) {
            Part part = answers.get(service.ordinal());
            parts.put(service.key(), part.state());
            if (part.details() != null && !part.details().isEmpty()) {
                details.put(service.key(), part.details());
            }
        }
        parts.put("database", answers.get(Service.values().length).state());
        SystemHealth health = SystemHealth.of(parts, details);
        return Response.status(health.status() == State.UP ? 200 : 503).entity(health).build();
    }
}
