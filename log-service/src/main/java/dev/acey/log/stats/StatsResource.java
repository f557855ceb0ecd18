package dev.acey.log.stats;

import dev.acey.log.store.TimeRange;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The figures of a time, or of all that is stored. */
@Path("/api/logs")
@Tag(name = "Phase 5: monitoring")
public class StatsResource {

    private final StatsReader reader;

    StatsResource(StatsReader reader) {
        this.reader = reader;
    }

    @GET
    @Path("/stats")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Figures over the stored entries",
            description =
                    "Counts are of everything stored; averages, cost and rates of live traffic"
                            + " alone, null where there is none. The time is rounded outwards: to"
                            + " the minute within the last 2 days, to the hour within the last 90,"
                            + " to the UTC day before. p95ResponseTime is within 1 % or 0.1 ms."
                            + " Entries of more than 10,000 combinations of task type, model and"
                            + " route count as the task type (other). oldest and newest are of all"
                            + " that was ever counted, also where it was erased since;"
                            + " storageBytes is some seconds old.")
    public Uni<LogStats> stats(@QueryParam("from") String from, @QueryParam("to") String to) {
        return reader.read(TimeRange.of(from, to));
    }
}
