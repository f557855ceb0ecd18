package dev.acey.rollout.model;

import dev.acey.kit.key.KeyReferences;
import dev.acey.kit.page.Position;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.actor.Actor;
import dev.acey.rollout.lineage.Lineage;
import dev.acey.rollout.lineage.Lineages;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rollouts")
class ModelResource {

    private final Models models;
    private final KeyReferences keys;
    private final Lineages lineages;

    ModelResource(Models models, KeyReferences keys, Lineages lineages) {
        this.models = models;
        this.keys = keys;
        this.lineages = lineages;
    }

    record ModelList(List<ModelView> models, String nextCursor) {}

    @GET
    @Operation(summary = "The registered models, newest first")
    public Uni<ModelList> list(
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        int most = Query.limit(limit);
        return models.page(Position.of(cursor, Models.NAME), most + 1)
                .flatMap(
                        found -> {
                            List<Model> page = found.subList(0, Math.min(most, found.size()));
                            String next = found.size() > most ? cursorAfter(page) : null;
                            return views(page).map(views -> new ModelList(views, next));
                        });
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "A registered model")
    public Uni<ModelView> get(@PathParam("name") String name) {
        return models.find(name)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("There is no model " + name + "."))
                .flatMap(this::view);
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Register a model, or replace what is said of it")
    public Uni<RestResponse<ModelView>> put(
            @PathParam("name") String name, @NotNull @Valid ModelCommand body) {
        if (!Models.NAME.matcher(name).matches()) {
            throw ProblemException.invalid("/name", "must match " + Models.NAME.pattern());
        }
        return models.put(name, body, Actor.ANONYMOUS)
                .flatMap(
                        put ->
                                view(put.model())
                                        .map(
                                                view ->
                                                        RestResponse.status(
                                                                put.created()
                                                                        ? RestResponse.Status
                                                                                .CREATED
                                                                        : RestResponse.Status.OK,
                                                                view)));
    }

    private Uni<List<ModelView>> views(List<Model> page) {
        return lineages.of(page.stream().map(model -> model.name).toList())
                .chain(
                        known ->
                                Multi.createFrom()
                                        .iterable(page)
                                        .onItem()
                                        .transformToUniAndConcatenate(m -> view(m, known))
                                        .collect()
                                        .asList());
    }

    private Uni<ModelView> view(Model model) {
        return lineages.of(List.of(model.name)).chain(known -> view(model, known));
    }

    private Uni<ModelView> view(Model model, Map<String, Lineage> lineages) {
        return keys.present(model.apiKeyRef)
                .map(present -> ModelView.of(model, present, lineages.get(model.name)));
    }

    private static String cursorAfter(List<Model> page) {
        Model last = page.get(page.size() - 1);
        return new Position(last.createdAt, last.name).cursor();
    }
}
