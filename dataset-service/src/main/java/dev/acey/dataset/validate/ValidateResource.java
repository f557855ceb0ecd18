package dev.acey.dataset.validate;

import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.task.Format;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Checks a file of training examples, whoever made it. */
@Path("/api/dataset/validate")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Phase 2: datasets")
public class ValidateResource {

    private static final Set<String> FORMATS =
            Stream.of(Format.values())
                    .map(format -> format.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());

    @POST
    @Blocking
    @Consumes({"application/jsonl", "application/x-ndjson", "text/plain"})
    @Operation(
            summary = "Check a file of training examples against a format",
            description =
                    "Says which lines are wrong and why. A body has at most 16 MiB; each line is"
                            + " judged by itself, so a larger file can be checked in pieces.")
    public Validation validate(@QueryParam("format") String format, InputStream file)
            throws IOException {
        String name = Query.oneOf("format", format, FORMATS);
        if (name == null) {
            throw ProblemException.invalid("/format", "is required");
        }
        return Validation.of(file, Format.valueOf(name.toUpperCase(Locale.ROOT)));
    }
}
