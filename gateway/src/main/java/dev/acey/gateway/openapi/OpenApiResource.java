package dev.acey.gateway.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The document, as JSON unless the client prefers YAML. */
@Path("/openapi")
@Tag(name = "System")
public class OpenApiResource {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final WholeApi api;

    OpenApiResource(WholeApi api) {
        this.api = api;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "This document")
    public Uni<ObjectNode> json() {
        return api.document();
    }

    @GET
    @Produces({"application/yaml;qs=0.9", "application/x-yaml;qs=0.5", "text/yaml;qs=0.5"})
    @Operation(hidden = true)
    public Uni<String> yaml() {
        return api.document().map(OpenApiResource::toYaml);
    }

    private static String toYaml(ObjectNode document) {
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is JSON can be written as YAML", e);
        }
    }
}
