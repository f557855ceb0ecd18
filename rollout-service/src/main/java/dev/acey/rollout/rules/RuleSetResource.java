package dev.acey.rollout.rules;

import dev.acey.kit.page.Position;
import dev.acey.kit.page.Query;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/api/rules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rollouts")
class RuleSetResource {

    static final String YAML = "application/yaml";

    private final RuleSets ruleSets;

    RuleSetResource(RuleSets ruleSets) {
        this.ruleSets = ruleSets;
    }

    record RuleSetList(List<StoredRuleSet> rules, String nextCursor) {}

    @GET
    @Operation(summary = "The rule sets, newest first, and which is active")
    public Uni<RuleSetList> list(
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int most = Query.limit(limit);
        return ruleSets.page(Position.of(cursor, RuleSets.HASH), most + 1)
                .map(
                        found -> {
                            List<StoredRuleSet> page =
                                    found.subList(0, Math.min(most, found.size()));
                            String next =
                                    found.size() > most
                                            ? cursorAfter(page.get(page.size() - 1))
                                            : null;
                            return new RuleSetList(page, next);
                        });
    }

    private static String cursorAfter(StoredRuleSet last) {
        return new Position(last.createdAt(), last.hash()).cursor();
    }

    @GET
    @Path("/{hash}")
    @Operation(summary = "A rule set: its canonical JSON, or with Accept its source as posted")
    public Uni<String> canonical(@PathParam("hash") String hash) {
        return ruleSets.canonical(hash);
    }

    @GET
    @Path("/{hash}")
    @Produces(YAML)
    @Operation(hidden = true)
    public Uni<String> source(@PathParam("hash") String hash) {
        return ruleSets.source(hash);
    }

    @POST
    @Consumes({YAML, "text/yaml", MediaType.APPLICATION_JSON})
    @Operation(summary = "Add a rule set, in YAML or JSON; it stays as it is for good")
    public Uni<RestResponse<StoredRuleSet>> add(byte[] body) {
        return ruleSets.add(body)
                .map(
                        added ->
                                added.isNew()
                                        ? RestResponse.ResponseBuilder.create(
                                                        RestResponse.Status.CREATED, added.stored())
                                                .location(
                                                        URI.create(
                                                                "/api/rules/"
                                                                        + added.stored().hash()))
                                                .build()
                                        : RestResponse.ok(added.stored()));
    }

    @POST
    @Path("/{hash}/activate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Judge by this rule set from now on, on every replica within a second")
    public Uni<StoredRuleSet> activate(
            @PathParam("hash") String hash, @Valid ActivateCommand body) {
        return ruleSets.activate(hash, body == null ? new ActivateCommand(null, null) : body);
    }
}
