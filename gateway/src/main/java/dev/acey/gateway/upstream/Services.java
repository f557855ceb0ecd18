package dev.acey.gateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Asks the services about themselves. */
@ApplicationScoped
public class Services {

    private static final int CONNECT_SECONDS = 2;
    private static final int READ_SECONDS = 5;

    private final Map<Service, SelfDescription> clients = new EnumMap<>(Service.class);
    private final ObjectMapper json;

    Services(ServiceUrls urls, ObjectMapper json) {
        this.json = json;
        for (Service service : Service.values()) {
            clients.put(
                    service,
                    QuarkusRestClientBuilder.newBuilder()
                            .baseUri(urls.of(service))
                            .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                            .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                            .build(SelfDescription.class));
        }
    }

    /**
     * What a service that is ready tells of itself: the data of its health checks, by their names;
     * often nothing. Fails when it is not ready, says nothing within 2 s, or answers no health
     * document.
     */
    @Timeout(value = 2, unit = ChronoUnit.SECONDS)
    public Uni<ObjectNode> ready(Service service) {
        return clients.get(service).ready().map(Unchecked.function(json::readTree)).map(this::data);
    }

    private ObjectNode data(JsonNode health) {
        ObjectNode data = json.createObjectNode();
        for (JsonNode check : health.path("checks")) {
            if (check.path("data").isObject()) {
                data.set(check.path("name").asText(), check.get("data"));
            }
        }
        return data;
    }

    /** A service's own OpenAPI document. */
    @Timeout(value = 5, unit = ChronoUnit.SECONDS)
    public Uni<ObjectNode> openApi(Service service) {
        return clients.get(service).openApi("json");
    }
}
