package dev.acey.rollout.rules;

import dev.acey.kit.page.Query;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How the other services follow the active rule set. */
@Path("/internal/rules")
@Produces(MediaType.APPLICATION_JSON)
class InternalRulesResource {

    private static final int LONGEST_WAIT = 25;
    private static final double LARGEST_VERSION = 1L << 53;

    private final ActiveRuleSet active;
    private final RuleSets ruleSets;

    InternalRulesResource(ActiveRuleSet active, RuleSets ruleSets) {
        this.active = active;
        this.ruleSets = ruleSets;
    }

    /**
     * With {@code known} and {@code waitSeconds} it answers as soon as the version is another one,
     * after the wait with the one that is known.
     */
    @GET
    @Path("/active")
    @Operation(hidden = true)
    public Uni<Activation> active(
            @QueryParam("known") String known, @QueryParam("waitSeconds") String waitSeconds) {
        Double version = Query.number("known", known, 0, LARGEST_VERSION);
        Double seconds = Query.number("waitSeconds", waitSeconds, 0, LONGEST_WAIT);
        if (version == null || seconds == null || seconds == 0) {
            return Uni.createFrom().item(() -> active.active().activation());
        }
        Duration wait = Duration.ofMillis((long) (seconds * 1000) + 1);
        return active.otherThan(version.longValue(), wait).map(ActiveRuleSet.Active::activation);
    }

    /** From memory where it is the active one, so that it can be had while the database is away. */
    @GET
    @Path("/{hash}")
    @Operation(hidden = true)
    public Uni<String> canonical(@PathParam("hash") String hash) {
        return active.ifKnown()
                .filter(known -> known.rules().hash().equals(hash))
                .map(known -> Uni.createFrom().item(known.rules().canonical()))
                .orElseGet(() -> ruleSets.canonical(hash));
    }
}
