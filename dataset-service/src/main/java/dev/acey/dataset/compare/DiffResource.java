package dev.acey.dataset.compare;

import dev.acey.dataset.version.DatasetName;
import dev.acey.dataset.version.Versions;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells two versions of a dataset apart. */
@Path("/api/dataset/{filename}/diff")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Phase 2: datasets")
public class DiffResource {

    private final Versions versions;
    private final Comparison comparison;

    DiffResource(Versions versions, Comparison comparison) {
        this.versions = versions;
        this.comparison = comparison;
    }

    @GET
    @Operation(
            summary = "What came, went and changed between two versions",
            description =
                    "from and to are versions; to is the newest when it is missing. Examples are"
                            + " known by the log entry they were made of.")
    public Uni<VersionDiff> diff(
            @PathParam("filename") String filename,
            @QueryParam("from") String from,
            @QueryParam("to") String to) {
        String taskType = DatasetName.taskOf(filename);
        Integer first = DatasetName.version("from", from);
        Integer second = DatasetName.version("to", to);
        if (first == null) {
            throw ProblemException.invalid("/from", "is required");
        }
        return versions.find(taskType, first)
                .chain(
                        old ->
                                versions.find(taskType, second)
                                        .chain(young -> comparison.of(old, young)));
    }
}
