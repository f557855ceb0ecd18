package dev.acey.dataset.prepare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.version.DatasetName;
import dev.acey.dataset.version.Versions;
import dev.acey.dataset.version.Withdrawn;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.JobAnswers;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Prepares again, without the person who was erased, what had to be withdrawn. */
@Path("/api/dataset/{filename}/rebuild")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Phase 2: datasets")
public class RebuildResource {

    private final Versions versions;
    private final Jobs jobs;
    private final JobAnswers answers;
    private final ObjectMapper json;

    RebuildResource(Versions versions, Jobs jobs, JobAnswers answers, ObjectMapper json) {
        this.versions = versions;
        this.jobs = jobs;
        this.answers = answers;
        this.json = json;
    }

    @POST
    @Operation(
            summary = "Prepare a withdrawn version again, as a new version",
            description =
                    "With the settings it had, the bounds of time too, from what is still logged."
                            + " Asked for again it is the same preparation.")
    @APIResponse(
            responseCode = "200",
            description = "Done",
            content = @Content(schema = @Schema(implementation = PrepareAnswer.class)))
    @APIResponse(
            responseCode = "202",
            description = "Still running; Location says where to look",
            content = @Content(schema = @Schema(implementation = PrepareAnswer.class)))
    @APIResponse(responseCode = "409", description = "The version was not withdrawn")
    public Uni<Response> rebuild(
            @PathParam("filename") String filename,
            @QueryParam("version") String version,
            @Context HttpHeaders headers) {
        String taskType = DatasetName.taskOf(filename);
        Integer number = DatasetName.version("version", version);
        if (number == null) {
            throw ProblemException.invalid("/version", "is required");
        }
        return versions.withdrawn(taskType, number)
                .map(
                        found ->
                                found.orElseThrow(
                                        () ->
                                                ProblemException.conflict(
                                                        "There is no such version of "
                                                                + filename
                                                                + " that was withdrawn.")))
                .chain(this::again)
                .chain(
                        job ->
                                answers.answer(
                                        job,
                                        headers,
                                        URI.create("/api/dataset/prepare/" + job.id()),
                                        shown -> PrepareAnswer.of(shown, json)));
    }

    private Uni<Job> again(Withdrawn version) {
        return jobs.find(version.jobId())
                .map(found -> found.orElseThrow().config().<ObjectNode>deepCopy())
                .invoke(config -> onlyFor(version.taskType(), config))
                .chain(
                        config ->
                                jobs.submit(
                                        PrepareJob.KIND,
                                        "rebuild-" + version.taskType() + "-" + version.version(),
                                        config));
    }

    private static void onlyFor(String taskType, ObjectNode config) {
        for (String part : new String[] {"/request", "/settings"}) {
            config.withObject(part).putArray("taskTypes").add(taskType);
        }
    }
}
