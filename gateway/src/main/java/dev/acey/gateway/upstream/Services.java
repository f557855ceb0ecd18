package dev.acey.gateway.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
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

    Services(ServiceUrls urls) {
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

    /** Whether a service says it is ready. Fails when it does not, or says nothing within 2 s. */
    @Timeout(value = 2, unit = ChronoUnit.SECONDS)
    public Uni<Void> ready(Service service) {
        return clients.get(service).ready().invoke(Response::close).replaceWithVoid();
    }

    /** A service's own OpenAPI document. */
    @Timeout(value = 5, unit = ChronoUnit.SECONDS)
    public Uni<ObjectNode> openApi(Service service) {
        return clients.get(service).openApi("json");
    }
}
