package dev.acey.rollout.spool;

import dev.acey.kit.entry.LogEntryReader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Ships what is in the spool to log-service, oldest first, a batch at a time, and forgets what it
 * has acknowledged. Whatever fails is tried again: ids make it harmless.
 */
@ApplicationScoped
class Sender {

    private static final Logger LOG = Logger.getLogger(Sender.class);

    /**
     * As many as log-service stores in one commit: what a commit costs is shared by all of them.
     */
    private static final int MOST_ENTRIES = 500;

    /** Not more than log-service names one by one when it refuses lines. */
    private static final int MOST_NAMED = 100;

    private static final int MOST_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Lets a batch grow; what it holds is safe meanwhile. */
    private static final long PAUSE_MILLIS = 100;

    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    /** How long it waits at the start to learn who is erased, while the database is away. */
    private static final int PAUSES_UNKNOWING = 100;

    private final Spool spool;
    private final ErasedPeople erased;
    private final LogServiceClient client;
    private final Clock clock;
    private final Vertx vertx;
    private final Counter shipped;
    private final Counter refused;
    private final Counter lost;
    private volatile boolean stopped;
    private volatile long oldestMillis;
    private int failures;
    private int pausesUnknowing;

    Sender(
            Spool spool,
            ErasedPeople erased,
            @RestClient LogServiceClient client,
            Clock clock,
            Vertx vertx,
            MeterRegistry metrics) {
        this.spool = spool;
        this.erased = erased;
        this.client = client;
        this.clock = clock;
        this.vertx = vertx;
        this.shipped =
                Counter.builder("acey.spool.shipped")
                        .description("Entries that log-service has acknowledged")
                        .register(metrics);
        this.refused =
                Counter.builder("acey.spool.refused")
                        .description("Entries that log-service refused for good")
                        .register(metrics);
        this.lost =
                Counter.builder("acey.spool.refused.dropped")
                        .description("Refused entries for which refused.ndjson had no room")
                        .register(metrics);
        Gauge.builder("acey.spool.age", this, Sender::ageSeconds)
                .baseUnit("seconds")
                .description("Of the oldest entry that log-service has not acknowledged")
                .register(metrics);
    }

    void start(@Observes @Priority(20) StartupEvent start) {
        ship();
    }

    void stop(@Observes @Priority(10) ShutdownEvent stop) {
        stopped = true;
    }

    private void ship() {
        if (stopped) {
            return;
        }
        if (!erased.isKnown() && pausesUnknowing++ < PAUSES_UNKNOWING) {
            later(PAUSE_MILLIS);
            return;
        }
        peek().flatMap(
                        load ->
                                load.wanted().isEmpty()
                                        ? acknowledge(load, null)
                                        : post(load.wanted())
                                                .flatMap(receipt -> acknowledge(load, receipt)))
                .subscribe()
                .with(this::succeeded, this::failed);
    }

    /**
     * What is shipped together.
     *
     * @param wanted those of the batch that are nobody's who is erased
     */
    private record Load(Batch batch, List<SpoolRecord> wanted) {}

    private Uni<Load> peek() {
        int most = failures == 0 ? MOST_ENTRIES : MOST_NAMED;
        return onWorker(
                () -> {
                    Batch batch = spool.files().peek(most, MOST_BYTES);
                    oldestMillis =
                            batch.entries().isEmpty()
                                    ? 0
                                    : LogEntryReader.timeOf(batch.entries().get(0).id())
                                            .toEpochMilli();
                    return new Load(
                            batch, batch.entries().stream().filter(e -> !erased.cover(e)).toList());
                });
    }

    private Uni<Receipt> post(List<SpoolRecord> entries) {
        return client.post(Ndjson.of(entries))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .invoke(receipt -> receipt.requireAllOf(entries.size()));
    }

    /**
     * @return how many entries there were
     */
    private Uni<Integer> acknowledge(Load load, Receipt receipt) {
        return onWorker(
                () -> {
                    for (int i = 0; receipt != null && i < load.wanted().size(); i++) {
                        String reason = receipt.refusal(i + 1).orElse(null);
                        if (reason != null) {
                            refuse(load.wanted().get(i), reason);
                        }
                    }
                    spool.files().acknowledge();
                    shipped.increment(load.wanted().size());
                    return load.batch().entries().size();
                });
    }

    private void refuse(SpoolRecord entry, String reason) throws IOException {
        LOG.errorf("log-service refuses the entry %s for good: %s", entry.id(), reason);
        refused.increment();
        if (!spool.refused().add(entry, reason)) {
            lost.increment();
        }
    }

    private void succeeded(int entries) {
        if (failures > 0) {
            LOG.info("log-service takes entries again.");
            failures = 0;
        }
        if (spool.files().unsent() >= MOST_ENTRIES) {
            ship();
        } else {
            later(PAUSE_MILLIS);
        }
    }

    private void failed(Throwable failure) {
        if (failures++ == 0 && !stopped) {
            LOG.warnf("Entries wait in the spool until log-service takes them: %s", failure);
        }
        later(Math.min(LONGEST_PAUSE_MILLIS, PAUSE_MILLIS << Math.min(failures, 10)));
    }

    private void later(long millis) {
        vertx.setTimer(millis, timer -> ship());
    }

    private double ageSeconds() {
        return oldestMillis == 0 ? 0 : (clock.millis() - oldestMillis) / 1000.0;
    }

    private interface FileWork<T> {
        T run() throws IOException;
    }

    private static <T> Uni<T> onWorker(FileWork<T> work) {
        return Uni.createFrom()
                .item(
                        () -> {
                            try {
                                return work.run();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
