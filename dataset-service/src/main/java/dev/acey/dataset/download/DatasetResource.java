package dev.acey.dataset.download;

import dev.acey.dataset.lineage.Lineage;
import dev.acey.dataset.version.DatasetName;
import dev.acey.dataset.version.DatasetPart;
import dev.acey.dataset.version.DatasetVersion;
import dev.acey.dataset.version.Deletion;
import dev.acey.dataset.version.VersionFiles;
import dev.acey.dataset.version.Versions;
import dev.acey.kit.page.Cursor;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Datasets that were prepared, by their file's name. */
@Path("/api/dataset")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Phase 2: datasets")
public class DatasetResource {

    private static final Set<String> PARTS = Set.of("train", "validation", "test");

    private final Versions versions;
    private final Deletion deletion;
    private final Lineage lineage;
    private final FileAnswers answers;

    DatasetResource(Versions versions, Deletion deletion, Lineage lineage, FileAnswers answers) {
        this.versions = versions;
        this.deletion = deletion;
        this.lineage = lineage;
        this.answers = answers;
    }

    @GET
    @Path("list")
    @Operation(
            summary = "Every version of every dataset, newest first",
            description = "With logId, all those that hold an example made of this log entry.")
    public Uni<DatasetList> list(
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor,
            @QueryParam("logId") String logId) {
        if (logId != null) {
            return lineage.ofLog(id(logId)).map(found -> page(found, found.size()));
        }
        int most = Query.limit(limit);
        return versions.list(position(cursor), most + 1).map(found -> page(found, most));
    }

    @GET
    @Path("{filename}")
    @Produces(FileAnswers.JSONL)
    @Operation(
            summary = "A dataset's file, one example a line: the newest version, or the one given",
            description =
                    "ETag is the SHA-256 of the file; conditional requests, ranges and gzip are"
                            + " understood. With split, another part of a version that was split."
                            + " With includeMetadata each line has a metadata object that says"
                            + " which log entry it came from.")
    public Uni<Response> download(
            @PathParam("filename") String filename,
            @QueryParam("version") String version,
            @QueryParam("split") String split,
            @QueryParam("includeMetadata") String includeMetadata,
            @Context HttpHeaders headers) {
        boolean metadata =
                "true"
                        .equals(
                                Query.oneOf(
                                        "includeMetadata",
                                        includeMetadata,
                                        Set.of("true", "false")));
        String part = Query.oneOf("split", split, PARTS);
        return find(filename, version)
                .map(found -> answers.file(found, part(found, part), metadata, headers));
    }

    @GET
    @Path("{filename}/manifest")
    @Operation(
            summary = "What went into a dataset, what was dropped and why, and its lineage",
            description =
                    "Of a version that was withdrawn, because it held calls of somebody who was"
                            + " erased, it says that: stale, and withdrawn {at, reason, rebuild}.")
    public Uni<Response> manifest(
            @PathParam("filename") String filename, @QueryParam("version") String version) {
        Integer number = number(version);
        return number == null
                ? find(filename, version).map(this::manifest)
                : versions.withdrawn(DatasetName.taskOf(filename), number)
                        .chain(
                                withdrawn ->
                                        withdrawn.isPresent()
                                                ? Uni.createFrom()
                                                        .item(Response.ok(withdrawn.get()).build())
                                                : find(filename, version).map(this::manifest));
    }

    @GET
    @Path("{filename}/card")
    @Produces("text/markdown")
    @Operation(summary = "The dataset's card, as Hugging Face's hub reads it")
    public Uni<Response> card(
            @PathParam("filename") String filename, @QueryParam("version") String version) {
        return find(filename, version).map(found -> answers.beside(found, VersionFiles.CARD));
    }

    @DELETE
    @Path("{filename}")
    @Operation(summary = "Delete one version of a dataset, or without version all it has")
    public Uni<Void> delete(
            @PathParam("filename") String filename, @QueryParam("version") String version) {
        return deletion.delete(DatasetName.taskOf(filename), number(version));
    }

    private Uni<DatasetVersion> find(String filename, String version) {
        return versions.find(DatasetName.taskOf(filename), number(version));
    }

    private static DatasetPart part(DatasetVersion version, String name) {
        return version.part(name == null ? DatasetPart.MAIN : name)
                .orElseThrow(
                        () ->
                                ProblemException.notFound(
                                        version.filename()
                                                + " version "
                                                + version.version()
                                                + " was not split."));
    }

    private Response manifest(DatasetVersion version) {
        return answers.beside(version, VersionFiles.MANIFEST);
    }

    private static UUID id(String logId) {
        try {
            return UUID.fromString(logId);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("/logId", "must be a UUID");
        }
    }

    private static DatasetList page(List<DatasetVersion> found, int limit) {
        List<DatasetVersion> shown = found.subList(0, Math.min(limit, found.size()));
        return new DatasetList(
                shown.stream().map(DatasetList.Item::of).toList(),
                found.size() > limit ? Cursor.encode(shown.get(limit - 1).id().toString()) : null);
    }

    private static UUID position(String cursor) {
        String position = Cursor.decode(cursor);
        try {
            return position == null ? null : UUID.fromString(position);
        } catch (IllegalArgumentException e) {
            throw Cursor.unknown();
        }
    }

    private static Integer number(String version) {
        return DatasetName.version("version", version);
    }
}
