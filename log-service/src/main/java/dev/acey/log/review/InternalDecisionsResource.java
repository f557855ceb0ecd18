package dev.acey.log.review;

import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How our own services learn what people decided: each decision once, in the order of commit. */
@Path("/internal/decisions")
public class InternalDecisionsResource {

    private static final double LARGEST = 1L << 53;

    private final DecisionFeed feed;

    InternalDecisionsResource(DecisionFeed feed) {
        this.feed = feed;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<byte[]> after(@QueryParam("after") String after, @QueryParam("limit") String limit) {
        return feed.after(position(after), Query.limit(limit)).map(Buffer::getBytes);
    }

    private static long position(String after) {
        Double position = Query.number("after", after, 0, LARGEST);
        if (position != null && position != Math.rint(position)) {
            throw ProblemException.invalid("/after", "must be a whole number");
        }
        return position == null ? 0 : position.longValue();
    }
}
