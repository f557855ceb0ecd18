package dev.acey.gateway.events;

import dev.acey.gateway.upstream.Service;
import dev.acey.kit.event.Event;
import dev.acey.kit.event.EventPage;
import dev.acey.kit.event.Events;
import dev.acey.kit.event.FeedPosition;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;

/**
 * Copies the events of every service into the gateway's own outbox, under the same ids, so that
 * they make one feed. Every replica asks every service; the first to write an answer down moves the
 * position, and the others' answers come to nothing.
 */
@Singleton
class Relay {

    private static final int PAGE = 100;
    private static final int WAIT_SECONDS = 20;
    private static final int CONNECT_SECONDS = 2;

    private final Events outbox;
    private final Followed followed;
    private final Config config;
    private final List<Following> running = new ArrayList<>();

    Relay(Events outbox, Followed followed, Config config) {
        this.outbox = outbox;
        this.followed = followed;
        this.config = config;
    }

    void start(@Observes StartupEvent start) {
        for (Service service : Service.values()) {
            ServiceFeed feed = feedOf(service);
            running.add(
                    Following.begin(
                            "Events of " + service.title(), () -> step(service.key(), feed)));
        }
    }

    void stop(@Observes ShutdownEvent stop) {
        running.forEach(Following::stop);
    }

    /** One page; twice at once, here or on another replica, copies it once. */
    Uni<Void> step(String service, ServiceFeed feed) {
        return followed.position(service)
                .chain(
                        from ->
                                feed.after(from.toString(), PAGE, WAIT_SECONDS)
                                        .chain(page -> copy(service, from, page)));
    }

    private Uni<Void> copy(String service, FeedPosition from, EventPage page) {
        return page.events().isEmpty()
                ? Uni.createFrom().voidItem()
                : followed.move(
                        service,
                        from,
                        page.next(),
                        connection -> append(connection, page.events()));
    }

    private Uni<Void> append(SqlConnection connection, List<Event> events) {
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUniAndConcatenate(event -> outbox.append(connection, event))
                .collect()
                .last();
    }

    private ServiceFeed feedOf(Service service) {
        String url = "quarkus.rest-client." + service.title() + ".url";
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(config.getValue(url, URI.class))
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(WAIT_SECONDS + 10L, TimeUnit.SECONDS)
                .build(ServiceFeed.class);
    }
}
