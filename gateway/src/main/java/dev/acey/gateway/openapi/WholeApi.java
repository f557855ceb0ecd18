package dev.acey.gateway.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.gateway.proxy.PathTable;
import dev.acey.gateway.upstream.Service;
import dev.acey.gateway.upstream.Services;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.mutiny.Uni;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Asks each service for its part, at most once in a few seconds. A service that is down leaves the
 * part it gave last; one that never answered is missing.
 */
@ApplicationScoped
class WholeApi {

    private static final Logger LOG = Logger.getLogger(WholeApi.class);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final String ONLY_DOCUMENT = "<default>";

    private final Services services;
    private final OpenApiDocumentService own;
    private final ObjectMapper json;
    private final Map<Service, ObjectNode> lastKnown = new ConcurrentHashMap<>();
    private final Uni<ObjectNode> document;

    WholeApi(Services services, OpenApiDocumentService own, ObjectMapper json) {
        this.services = services;
        this.own = own;
        this.json = json;
        this.document = Uni.createFrom().deferred(this::ask).memoize().atLeast(FRESH);
    }

    Uni<ObjectNode> document() {
        return document;
    }

    private Uni<ObjectNode> ask() {
        List<Uni<Optional<Part>>> parts =
                Arrays.stream(Service.values()).map(this::partOf).toList();
        return Uni.join().all(parts).andFailFast().map(this::whole);
    }

    private Uni<Optional<Part>> partOf(Service service) {
        return services.openApi(service)
                .invoke(answer -> lastKnown.put(service, answer))
                .onFailure()
                .invoke(f -> LOG.debugf("%s gave no OpenAPI part: %s", service.title(), f))
                .onFailure()
                .recoverWithNull()
                .map(
                        ignored ->
                                Optional.ofNullable(lastKnown.get(service))
                                        .map(part -> part(service, part)));
    }

    private static Part part(Service service, ObjectNode document) {
        String name =
                service.key().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                        + service.key().substring(1);
        return new Part(
                name,
                document,
                path -> PathTable.ownerOf(path).filter(service::equals).isPresent());
    }

    private ObjectNode whole(List<Optional<Part>> answered) {
        List<Part> parts = new ArrayList<>();
        ObjectNode mine = ownDocument();
        parts.add(new Part("Gateway", mine, path -> true));
        answered.forEach(part -> part.ifPresent(parts::add));
        ObjectNode whole = Merge.of(parts);
        whole.set("info", mine.path("info"));
        return whole;
    }

    private ObjectNode ownDocument() {
        try {
            return (ObjectNode) json.readTree(own.getDocument(ONLY_DOCUMENT, Format.JSON));
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway's own OpenAPI document is no JSON", e);
        }
    }
}
