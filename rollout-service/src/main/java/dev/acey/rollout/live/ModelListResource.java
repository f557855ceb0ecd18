package dev.acey.rollout.live;

import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.model.KnownModels;
import dev.acey.rollout.route.LiveRoutes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a client may name as its model, as OpenAI lists models. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Live traffic")
class ModelListResource {

    private static final String OWNER = "acey";

    private final LiveRoutes routes;
    private final KnownModels models;

    ModelListResource(LiveRoutes routes, KnownModels models) {
        this.routes = routes;
        this.models = models;
    }

    /**
     * @param created OpenAI's clients want a time; which one is of no meaning here
     */
    @RegisterForReflection
    record ListedModel(String id, String object, long created, String owned_by) {

        static ListedModel of(String id) {
            return new ListedModel(id, "model", 0, OWNER);
        }
    }

    @RegisterForReflection
    record ModelList(String object, List<ListedModel> data) {}

    @GET
    @NonBlocking
    @Operation(summary = "The tasks as model names (acey/<task>), then the registered models")
    public ModelList list() {
        return new ModelList("list", ids().map(ListedModel::of).toList());
    }

    @GET
    @Path("/{id: .+}")
    @NonBlocking
    @Operation(summary = "One of them")
    public ListedModel get(@PathParam("id") String id) {
        return ids().filter(id::equals)
                .findFirst()
                .map(ListedModel::of)
                .orElseThrow(() -> ProblemException.notFound("There is no model " + id + "."));
    }

    private Stream<String> ids() {
        return Stream.concat(
                routes.tasks().stream().map(task -> ChatRequest.ALIAS + task),
                models.names().stream());
    }
}
