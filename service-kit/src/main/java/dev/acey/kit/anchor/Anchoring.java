package dev.acey.kit.anchor;

import dev.acey.kit.audit.Anchor;
import dev.acey.kit.audit.AuditLink;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.audit.Stretch;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Tells this service's keeper of every link its audit trail has had since the last time. Every
 * replica does so: what the keeper remembers already changes nothing. A keeper that is away delays
 * this; whatever was missed is told next time.
 */
@Singleton
public class Anchoring {

    private static final Logger LOG = Logger.getLogger(Anchoring.class);
    private static final int CONNECT_SECONDS = 2;
    private static final int READ_SECONDS = 10;

    private final AuditTrail trail;
    private final String service;
    private final String keeperName;
    private final KeeperClient keeper;
    private final AtomicBoolean away = new AtomicBoolean();

    @Inject
    Anchoring(
            AuditTrail trail,
            Keepers keepers,
            Config config,
            @ConfigProperty(name = "acey.schema") String service) {
        this(trail, service, keepers.of(service) + "-service", config);
    }

    private Anchoring(AuditTrail trail, String service, String keeperName, Config config) {
        this(
                trail,
                service,
                keeperName,
                config.getValue("quarkus.rest-client." + keeperName + ".url", URI.class));
    }

    Anchoring(AuditTrail trail, String service, String keeperName, URI keeper) {
        this.trail = trail;
        this.service = service;
        this.keeperName = keeperName;
        this.keeper =
                QuarkusRestClientBuilder.newBuilder()
                        .baseUri(keeper)
                        .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                        .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                        .build(KeeperClient.class);
    }

    /** Settings that are wrong stop the start, not the first anchor. */
    void start(@Observes StartupEvent start) {
        LOG.debugf("the audit trail of %s is anchored in %s", service, keeperName);
    }

    @Scheduled(
            every = "{acey.audit.anchor-every}",
            delayed = "{acey.audit.anchor-every}",
            identity = "audit-anchors",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return anchorAll()
                .invoke(() -> away.set(false))
                .onFailure()
                .invoke(this::later)
                .onFailure()
                .recoverWithNull();
    }

    /** Completes when the keeper remembers every link there was when this began. */
    public Uni<Void> anchorAll() {
        return Multi.createBy()
                .repeating()
                .uni(this::anchorSome)
                .whilst(told -> told == Stretch.LONGEST)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Integer> anchorSome() {
        return keeper.newest(service)
                .chain(
                        newest ->
                                trail.links(
                                        newest.isEmpty() ? 0 : newest.get(0).seq(),
                                        Stretch.LONGEST))
                .call(links -> links.isEmpty() ? Uni.createFrom().voidItem() : tell(links))
                .map(List::size);
    }

    private Uni<Void> tell(List<AuditLink> links) {
        return keeper.keep(
                service, links.stream().map(link -> new Anchor(link.seq(), link.hash())).toList());
    }

    private void later(Throwable failure) {
        if (away.compareAndSet(false, true)) {
            LOG.warnf("the audit trail is anchored in %s later: %s", keeperName, failure);
        }
    }
}
