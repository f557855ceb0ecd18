package dev.acey.rollout.process;

import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.judge.Judging;
import dev.acey.rollout.spool.Spool;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/process")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Live traffic")
class ProcessResource {

    private static final long LARGEST_BODY = 1 << 20;

    private final Judging judging;
    private final Spool spool;
    private final MeterRegistry metrics;

    ProcessResource(Judging judging, Spool spool, MeterRegistry metrics) {
        this.judging = judging;
        this.spool = spool;
        this.metrics = metrics;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Apply the rules to what your own model gave; it is on the record then")
    public Uni<ProcessAnswer> process(ProcessCommand body, @Context HttpServerRequest request) {
        if (request.bytesRead() > LARGEST_BODY) {
            throw new ProblemException(Problem.of(413, "The body must be at most 1 MiB."));
        }
        if (body == null) {
            throw ProblemException.invalid("", "must be a JSON object");
        }
        LogEntry entry = body.toEntry();
        spool.requireRoom();
        return judging.judge(entry, request.bytesRead()).map(ProcessAnswer::of).invoke(this::count);
    }

    private void count(ProcessAnswer answer) {
        metrics.counter("acey.process.verdicts", "decision", answer.decision()).increment();
    }
}
