package dev.acey.simulation.report;

import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobState;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.simulate.SimulationJob;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/simulate/{id}/report}. */
@Path("/api/simulate")
@Tag(name = "Simulation")
public class ReportResource {

    private final Jobs jobs;
    private final Reports reports;
    private final ReportHtml html;
    private final Vertx vertx;

    ReportResource(Jobs jobs, Reports reports, ReportHtml html, Vertx vertx) {
        this.jobs = jobs;
        this.reports = reports;
        this.html = html;
        this.vertx = vertx;
    }

    /** A page that asks for nothing more: it can be saved, sent and printed. */
    @GET
    @Path("{id}/report")
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "A completed simulation as one page")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "409", description = "it has not completed")
    public Uni<Response> page(@PathParam("id") String id) {
        return completed(id)
                .chain(reports::of)
                .chain(report -> vertx.executeBlocking(() -> html.render(report), false))
                .map(
                        page ->
                                Response.ok(page, MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                                        .header("Content-Security-Policy", html.policy())
                                        .header("X-Content-Type-Options", "nosniff")
                                        .header("Referrer-Policy", "no-referrer")
                                        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                                        .build());
    }

    @GET
    @Path("{id}/report.json")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "What the page of a completed simulation says")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Report.class)))
    @APIResponse(responseCode = "409", description = "it has not completed")
    public Uni<Response> json(@PathParam("id") String id) {
        return completed(id)
                .chain(reports::of)
                .map(
                        report ->
                                Response.ok(report)
                                        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                                        .build());
    }

    private Uni<Job> completed(String id) {
        UUID simulation = Query.idInPath(id, "simulation");
        return jobs.findByName(SimulationJob.KIND, simulation.toString())
                .map(
                        found ->
                                found.orElseThrow(
                                        () ->
                                                ProblemException.notFound(
                                                        "There is no simulation " + id + ".")))
                .invoke(
                        job -> {
                            if (job.state() != JobState.COMPLETED || job.result() == null) {
                                throw ProblemException.conflict(
                                        "The simulation is "
                                                + job.shown().state().json()
                                                + "; a report is there once it has completed.");
                            }
                        });
    }
}
