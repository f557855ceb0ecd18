package dev.acey.dataset.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** log-service as it speaks. */
@RegisterRestClient(configKey = "log-service")
@RegisterClientHeaders
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
interface LogServiceClient {

    /** {@code {logs: [...], nextCursor}}, oldest first; left as bytes for {@link Page}. */
    @GET
    @Path("internal/logs/page")
    Uni<byte[]> page(
            @QueryParam("after") String after,
            @QueryParam("limit") int limit,
            @QueryParam("taskType") String taskTypes,
            @QueryParam("from") String from,
            @QueryParam("to") String to);

    @GET
    @Path("api/logs/stats")
    Uni<Stats> stats(@QueryParam("from") String from, @QueryParam("to") String to);

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Stats(Map<String, Long> taskTypes) {

        long of(List<String> tasks) {
            Map<String, Long> counts = taskTypes == null ? Map.of() : taskTypes;
            return tasks.stream().mapToLong(task -> counts.getOrDefault(task, 0L)).sum();
        }
    }
}
