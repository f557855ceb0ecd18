package dev.acey.gateway.audit;

import dev.acey.gateway.upstream.Service;
import dev.acey.kit.anchor.Keepers;
import dev.acey.kit.audit.AuditFilter;
import dev.acey.kit.audit.AuditLink;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.audit.Stretch;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** The audit trails: the gateway's own, and those it asks for. A service that is away is a 503. */
@Singleton
class Trails {

    /** Who has one, as {@code /health} names them. */
    static final List<String> SERVICES =
            Stream.concat(Stream.of("gateway"), Stream.of(Service.values()).map(Service::key))
                    .toList();

    private static final int CONNECT_SECONDS = 2;
    private static final int READ_SECONDS = 20;

    private final AuditTrail own;
    private final Keepers keepers;
    private final Map<String, TrailClient> clients = new HashMap<>();

    Trails(AuditTrail own, Keepers keepers, Config config) {
        this.own = own;
        this.keepers = keepers;
        for (Service service : Service.values()) {
            String url = "quarkus.rest-client." + service.title() + ".url";
            clients.put(
                    service.key(),
                    QuarkusRestClientBuilder.newBuilder()
                            .baseUri(config.getValue(url, URI.class))
                            .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                            .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                            .build(TrailClient.class));
        }
    }

    /** The service that remembers this one's trail. */
    String keeperOf(String service) {
        return keepers.of(service);
    }

    /** Links by their time, newest first. */
    Uni<List<AuditLink>> newest(String service, AuditFilter filter) {
        TrailClient client = clients.get(service);
        AuditFilter.Place before = filter.before();
        Uni<List<AuditLink>> links =
                client == null
                        ? own.newest(filter)
                        : client.newest(
                                filter.subjects(),
                                text(filter.from()),
                                text(filter.to()),
                                before == null ? null : text(before.at()),
                                before == null ? null : String.valueOf(before.seq()),
                                filter.limit());
        return reached(service, links);
    }

    /** The trail behind the link of this number, with what its keeper remembers of it. */
    Uni<Stretch> behind(String service, long seq) {
        String keeper = keeperOf(service);
        TrailClient client = clients.get(service);
        return reached(keeper, clients.get(keeper).anchors(service, seq, Stretch.LONGEST))
                .chain(
                        anchors ->
                                reached(
                                                service,
                                                client == null
                                                        ? own.links(seq, Stretch.LONGEST)
                                                        : client.links(seq, Stretch.LONGEST))
                                        .map(links -> new Stretch(anchors, links)));
    }

    private static <T> Uni<T> reached(String service, Uni<T> answer) {
        return answer.onFailure(Dependencies::isDown)
                .transform(
                        down ->
                                ProblemException.unavailable(
                                        "The audit trail kept by "
                                                + service
                                                + " cannot be read right now."));
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}
