package dev.acey.dataset.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.File;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.PartType;
import org.jboss.resteasy.reactive.RestForm;

/**
 * The API as OpenAI's reference has it. Its answers stay trees: hosts that serve the same API add
 * and leave out fields.
 */
@RegisterRestClient(configKey = "openai")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
interface OpenAiApi {

    String KEY = HttpHeaders.AUTHORIZATION;

    @POST
    @Path("files")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    Uni<JsonNode> upload(
            @HeaderParam(KEY) String key,
            @RestForm String purpose,
            @RestForm @PartType("application/jsonl") File file);

    @GET
    @Path("files")
    Uni<JsonNode> files(
            @HeaderParam(KEY) String key,
            @QueryParam("purpose") String purpose,
            @QueryParam("limit") int limit,
            @QueryParam("after") String after);

    @DELETE
    @Path("files/{id}")
    Uni<JsonNode> delete(@HeaderParam(KEY) String key, @PathParam("id") String id);

    @POST
    @Path("fine_tuning/jobs")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<JsonNode> create(@HeaderParam(KEY) String key, JsonNode job);

    @GET
    @Path("fine_tuning/jobs")
    Uni<JsonNode> jobs(
            @HeaderParam(KEY) String key,
            @QueryParam("metadata[acey_training]") String training,
            @QueryParam("limit") int limit,
            @QueryParam("after") String after);

    @GET
    @Path("fine_tuning/jobs/{id}")
    Uni<JsonNode> job(@HeaderParam(KEY) String key, @PathParam("id") String id);

    @GET
    @Path("fine_tuning/jobs/{id}/events")
    Uni<JsonNode> events(
            @HeaderParam(KEY) String key,
            @PathParam("id") String id,
            @QueryParam("limit") int limit);

    @GET
    @Path("fine_tuning/jobs/{id}/checkpoints")
    Uni<JsonNode> checkpoints(
            @HeaderParam(KEY) String key,
            @PathParam("id") String id,
            @QueryParam("limit") int limit);

    @POST
    @Path("fine_tuning/jobs/{id}/cancel")
    Uni<JsonNode> cancel(@HeaderParam(KEY) String key, @PathParam("id") String id);
}
