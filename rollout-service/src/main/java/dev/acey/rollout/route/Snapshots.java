package dev.acey.rollout.route;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.rollout.replica.Follower;
import dev.acey.rollout.replica.KeptFile;
import dev.acey.rollout.task.TaskSettings;
import dev.acey.rollout.task.Tasks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** This replica's snapshot: follows the database, is kept on disk, and outlives both alone. */
@ApplicationScoped
class Snapshots implements Follower {

    private static final long UNKNOWN = -1;

    private final Tasks tasks;
    private final Clock clock;
    private final KeptFile<Kept> kept;
    private final AtomicReference<Snapshot> latest = new AtomicReference<>();

    Snapshots(
            Tasks tasks,
            Clock clock,
            ObjectMapper json,
            MeterRegistry metrics,
            @ConfigProperty(name = "acey.data.dir") Path directory) {
        this.tasks = tasks;
        this.clock = clock;
        this.kept = new KeptFile<>(directory.resolve("routes.json"), Kept.class, json);
        Gauge.builder("acey.routes.age", this, Snapshots::ageSeconds)
                .baseUnit("seconds")
                .description("Since the settings that route were last confirmed")
                .register(metrics);
    }

    /** The snapshot as the file keeps it. */
    @RegisterForReflection
    record Kept(Instant confirmedAt, List<TaskSettings> tasks) {}

    /**
     * Starts with what was last known, so that a start without the database can route. Its version
     * is not: the database may be another by now.
     */
    void start(@Observes StartupEvent start) {
        kept.read()
                .map(k -> Snapshot.of(UNKNOWN, k.confirmedAt(), k.tasks()))
                .ifPresent(snapshot -> latest.compareAndSet(null, snapshot));
    }

    /** The latest; empty when this replica never saw the settings. */
    Optional<Snapshot> latest() {
        return Optional.ofNullable(latest.get());
    }

    @Override
    public String topic() {
        return "tasks";
    }

    @Override
    public Uni<Void> follow(long version) {
        Instant now = clock.instant();
        Snapshot before = latest.get();
        if (before != null && before.version() == version) {
            latest.set(before.confirmed(now));
            return Uni.createFrom().voidItem();
        }
        return tasks.set()
                .invoke(set -> latest.set(Snapshot.of(version, now, set)))
                .call(set -> keep(new Kept(now, set)))
                .replaceWithVoid();
    }

    private Uni<Void> keep(Kept snapshot) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> kept.write(snapshot));
    }

    private double ageSeconds() {
        Snapshot snapshot = latest.get();
        return snapshot == null
                ? Double.NaN
                : Duration.between(snapshot.confirmedAt(), clock.instant()).toMillis() / 1000.0;
    }
}
