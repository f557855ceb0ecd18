package dev.acey.log.metrics;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the models do. */
@Path("/api/metrics")
@Tag(name = "Phase 5: monitoring")
public class MetricsResource {

    private final MetricsReader reader;
    private final Clock clock;

    MetricsResource(MetricsReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Series and totals of the last seconds, by task type and variant",
            description =
                    "Live traffic, unless another environment is asked for. Steps begin at"
                            + " multiples of stepSeconds since 1970, UTC; the first holds the"
                            + " beginning of the window and the last is still running. Totals are"
                            + " of these steps together. A request counts in the minute of its"
                            + " timestamp, and so does the feedback on it. At most 1,500 steps; a"
                            + " window of more than 172,800 seconds has steps of whole hours.")
    public Uni<Metrics> metrics(
            @Parameter(description = "one task type; all when missing") @QueryParam("taskType")
                    String taskType,
            @Parameter(description = "baseline or candidate; all when missing")
                    @QueryParam("variant")
                    String variant,
            @Parameter(description = "live, shadow, test or simulation; live when missing")
                    @QueryParam("environment")
                    String environment,
            @Parameter(description = "60 to 2678400; 900 when missing") @QueryParam("windowSeconds")
                    String windowSeconds,
            @Parameter(description = "a multiple of 60; 60 when missing") @QueryParam("stepSeconds")
                    String stepSeconds) {
        return reader.read(
                MetricsQuery.of(taskType, variant, environment, windowSeconds, stepSeconds),
                clock.instant());
    }
}
