package dev.acey.dataset.download;

import dev.acey.dataset.version.DatasetName;
import dev.acey.dataset.version.DatasetPart;
import dev.acey.dataset.version.DatasetVersion;
import dev.acey.dataset.version.VersionFiles;
import dev.acey.kit.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Path;

/** Answers with a version's files as far and in the form that a request wants them. */
@Singleton
class FileAnswers {

    static final String JSONL = "application/jsonl";

    private static final String CONTENT_RANGE = "Content-Range";
    private static final String ACCEPT_RANGES = "Accept-Ranges";

    private final VersionFiles files;

    FileAnswers(VersionFiles files) {
        this.files = files;
    }

    /** A file beside the examples, as it is. */
    Response beside(DatasetVersion version, String name) {
        Path file = files.file(version, name);
        return Response.ok(new Download.Made(() -> Chunks.of(file))).build();
    }

    /**
     * The examples. A version may be withdrawn, so caches ask before they use what they have.
     *
     * @param part of the version
     * @param metadata whether each example says where it came from
     */
    Response file(DatasetVersion version, DatasetPart part, boolean metadata, HttpHeaders request) {
        Negotiation asked = Negotiation.of(request, part.sha256(), part.bytes(), metadata);
        Response.ResponseBuilder answer =
                asked.unchanged()
                        ? Response.notModified()
                        : content(version, part, metadata, asked);
        return answer.header(HttpHeaders.ETAG, asked.etag())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header(HttpHeaders.CONTENT_LOCATION, version.url(part.name()))
                .build();
    }

    private Response.ResponseBuilder content(
            DatasetVersion version, DatasetPart part, boolean metadata, Negotiation asked) {
        Path examples = files.file(version, DatasetName.file(version.taskType(), part.name()));
        if (metadata || asked.gzip()) {
            Path sources = metadata ? files.file(version, DatasetName.sources(part.name())) : null;
            Response.ResponseBuilder made =
                    Response.ok(new Download.Made(() -> open(examples, sources, asked.gzip())));
            return asked.gzip() ? made.header(HttpHeaders.CONTENT_ENCODING, "gzip") : made;
        }
        if (asked.range().isPresent()) {
            return range(version, part.bytes(), examples, asked.range().get());
        }
        return Response.ok(new Download.FilePart(examples, 0, part.bytes()))
                .header(ACCEPT_RANGES, "bytes")
                .header(HttpHeaders.CONTENT_LENGTH, part.bytes());
    }

    private static Chunks open(Path examples, Path sources, boolean gzip) throws IOException {
        Chunks plain =
                sources == null ? Chunks.of(examples) : Chunks.withMetadata(examples, sources);
        return gzip ? Chunks.gzip(plain) : plain;
    }

    private static Response.ResponseBuilder range(
            DatasetVersion version, long bytes, Path examples, ByteRange range) {
        String contentRange = range.contentRange(bytes);
        if (!range.isSatisfiable()) {
            return Response.status(416)
                    .type(Problem.MEDIA_TYPE)
                    .entity(notSatisfiable(version, bytes))
                    .header(CONTENT_RANGE, contentRange);
        }
        return Response.status(206)
                .entity(new Download.FilePart(examples, range.from(), range.length()))
                .header(CONTENT_RANGE, contentRange)
                .header(HttpHeaders.CONTENT_LENGTH, range.length());
    }

    private static Problem notSatisfiable(DatasetVersion version, long bytes) {
        Problem problem = Problem.of(416, "The file has " + bytes + " bytes.");
        return new Problem(
                problem.type(),
                problem.title(),
                problem.status(),
                problem.detail(),
                "/api/dataset/" + version.filename(),
                problem.errors());
    }
}
