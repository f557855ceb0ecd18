package dev.acey.log.query;

import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.log.feedback.FeedbackStore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What our own services read. */
@Path("/internal/logs")
public class InternalLogsResource {

    private final Entries entries;
    private final Sample sample;
    private final ChosenEntries chosen;
    private final FeedbackStore feedback;

    InternalLogsResource(
            Entries entries, Sample sample, ChosenEntries chosen, FeedbackStore feedback) {
        this.entries = entries;
        this.sample = sample;
        this.chosen = chosen;
        this.feedback = feedback;
    }

    /**
     * The next page, oldest first: how a stream is read that can be taken up again. Entries whose
     * payload is past its retention are left out. {@code demonstrations} has the right answers that
     * persons gave, by the entry's id.
     */
    @GET
    @Path("/page")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<byte[]> page(
            @BeanParam FilterParameters filter,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit) {
        return entries.page(
                        EntryFilter.of(filter),
                        Position.of(after),
                        Order.OLDEST_FIRST,
                        Query.limit(limit))
                .map(EntryPage::withPayloads)
                .chain(page -> feedback.demonstrations(page.ids()).map(page::toJson))
                .map(Buffer::getBytes);
    }

    /** The ids drawn. */
    @RegisterForReflection
    public record Drawn(List<UUID> ids) {}

    /**
     * The ids of judged entries, drawn by a seed: the same entries and seed give the same sample.
     */
    @GET
    @Path("/sample")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Drawn> sample(
            @BeanParam FilterParameters filter,
            @QueryParam("size") String size,
            @QueryParam("seed") String seed) {
        if (filter.q != null) {
            throw ProblemException.invalid("/q", "is not offered for samples");
        }
        filter.environment = filter.environment == null ? "live" : filter.environment;
        return sample.draw(EntryFilter.of(filter), size(size), seed(seed)).map(Drawn::new);
    }

    /** Entries by their ids, with what was said to have been right instead. */
    @GET
    @Path("/entries")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<byte[]> entries(@QueryParam("ids") String ids) {
        return chosen.of(ids).map(Buffer::getBytes);
    }

    private static int size(String given) {
        Double size = Query.number("size", given, 1, Sample.LARGEST);
        if (size == null) {
            return Query.DEFAULT_LIMIT;
        }
        if (size != Math.rint(size)) {
            throw ProblemException.invalid("/size", "must be a whole number");
        }
        return size.intValue();
    }

    private static long seed(String given) {
        try {
            return given == null || given.isEmpty() ? 0 : Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw ProblemException.invalid("/seed", "must be a whole number of 64 bits");
        }
    }
}
