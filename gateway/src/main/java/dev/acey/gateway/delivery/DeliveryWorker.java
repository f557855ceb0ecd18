package dev.acey.gateway.delivery;

import dev.acey.gateway.webhook.WebhookSettings;
import dev.acey.kit.problem.Dependencies;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * This replica's worker: takes deliveries that are due while it has room, at most one of each
 * webhook at a time, so that a slow receiver delays only what is its own.
 */
@Singleton
class DeliveryWorker {

    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);

    private final DueDeliveries due;
    private final Receivers receivers;
    private final Schedule schedule;
    private final int concurrency;
    private final long pollMillis;
    private final Clock clock;
    private final Vertx vertx;
    private final MeterRegistry metrics;

    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean taking = new AtomicBoolean();
    private final AtomicBoolean takeAgain = new AtomicBoolean();
    private final AtomicBoolean databaseDown = new AtomicBoolean();
    private volatile boolean running;
    private long timer;

    DeliveryWorker(
            DueDeliveries due,
            Receivers receivers,
            WebhookSettings settings,
            Clock clock,
            Vertx vertx,
            MeterRegistry metrics) {
        this.due = due;
        this.receivers = receivers;
        this.schedule = new Schedule(settings.retries());
        this.concurrency = settings.concurrency();
        this.pollMillis = settings.poll().toMillis();
        this.clock = clock;
        this.vertx = vertx;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent start) {
        for (String outcome : new String[] {"delivered", "retried", "dead"}) {
            counter(outcome);
        }
        running = true;
        timer = vertx.setPeriodic(pollMillis, id -> poke());
    }

    void stop(@Observes ShutdownEvent stop) {
        running = false;
        vertx.cancelTimer(timer);
    }

    /** Looks for what is due now instead of at the next poll. */
    void poke() {
        int room = concurrency - busy.size();
        if (!running || room <= 0) {
            return;
        }
        if (!taking.compareAndSet(false, true)) {
            takeAgain.set(true);
            return;
        }
        due.take(room, busy)
                .invoke(taken -> taken.forEach(this::begin))
                .onTermination()
                .invoke(() -> taking.set(false))
                .subscribe()
                .with(
                        taken -> {
                            databaseAnswered();
                            if (takeAgain.compareAndSet(true, false)) {
                                poke();
                            }
                        },
                        this::failed);
    }

    private void begin(DueDeliveries.Taken delivery) {
        busy.add(delivery.webhook());
        receivers
                .call(delivery)
                .chain(attempt -> written(delivery, attempt))
                .onTermination()
                .invoke(() -> busy.remove(delivery.webhook()))
                .subscribe()
                .with(done -> poke(), this::failed);
    }

    /** A result that cannot be written is lost with its lease, and the delivery is made again. */
    private Uni<Void> written(DueDeliveries.Taken delivery, Attempt attempt) {
        if (attempt.taken()) {
            counter("delivered").increment();
            return due.delivered(delivery, attempt);
        }
        LOG.debugf("delivery %s: %s", delivery.id(), attempt.error());
        if (attempt.gone()) {
            counter("dead").increment();
            return due.gone(delivery, attempt, clock.instant());
        }
        double chance = ThreadLocalRandom.current().nextDouble();
        Optional<Duration> pause = schedule.after(delivery.attempt(), attempt.retryAfter(), chance);
        counter(pause.isPresent() ? "retried" : "dead").increment();
        return pause.isPresent()
                ? due.retry(delivery, attempt, pause.get())
                : due.dead(delivery, attempt);
    }

    private Counter counter(String outcome) {
        return Counter.builder("acey.webhooks.attempts")
                .tag("outcome", outcome)
                .description("Calls of webhooks, by what came of them")
                .register(metrics);
    }

    private void databaseAnswered() {
        if (databaseDown.compareAndSet(true, false)) {
            LOG.info("webhooks go on: the database answers again");
        }
    }

    private void failed(Throwable failure) {
        if (!Dependencies.isDown(failure)) {
            LOG.error("webhooks are not delivered", failure);
        } else if (databaseDown.compareAndSet(false, true)) {
            LOG.warnf("webhooks wait for the database: %s", failure);
        }
    }
}
