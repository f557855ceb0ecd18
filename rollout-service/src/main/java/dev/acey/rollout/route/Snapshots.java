package dev.acey.rollout.route;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.file.KeptFile;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.flag.FlagSettings;
import dev.acey.rollout.flag.Flags;
import dev.acey.rollout.replica.Follower;
import dev.acey.rollout.task.TaskSettings;
import dev.acey.rollout.task.Tasks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
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
public class Snapshots implements Follower {

    private static final long UNKNOWN = -1;
    private static final String ONE_MOMENT =
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private final Tasks tasks;
    private final Flags flags;
    private final Clock clock;
    private final KeptFile<Kept> kept;
    private final AtomicReference<Snapshot> latest = new AtomicReference<>();

    Snapshots(
            Tasks tasks,
            Flags flags,
            Clock clock,
            ObjectMapper json,
            MeterRegistry metrics,
            @ConfigProperty(name = "acey.data.dir") Path directory) {
        this.tasks = tasks;
        this.flags = flags;
        this.clock = clock;
        this.kept = new KeptFile<>(directory.resolve("routes.json"), Kept.class, json);
        Gauge.builder("acey.routes.age", this, Snapshots::ageSeconds)
                .baseUnit("seconds")
                .description("Since the settings that route were last confirmed")
                .register(metrics);
    }

    /** The snapshot as the file keeps it. */
    @RegisterForReflection
    record Kept(Instant confirmedAt, List<TaskSettings> tasks, List<FlagSettings> flags) {

        /** A file of before there were flags has none. */
        Kept {
            flags = flags == null ? List.of() : flags;
        }

        Snapshot as(long version) {
            return Snapshot.of(version, confirmedAt, tasks, flags);
        }
    }

    /**
     * Starts with what was last known, so that a start without the database can route. Its version
     * is not: the database may be another by now.
     */
    void start(@Observes StartupEvent start) {
        kept.read()
                .map(k -> k.as(UNKNOWN))
                .ifPresent(snapshot -> latest.compareAndSet(null, snapshot));
    }

    /** The latest; empty on a replica that never saw the settings. */
    public Optional<Snapshot> latest() {
        return Optional.ofNullable(latest.get());
    }

    /** The latest; 503 on a replica that never saw the settings. */
    public Snapshot known() {
        return latest().orElseThrow(
                        () ->
                                ProblemException.unavailable(
                                        "This replica has not seen the task settings yet: the"
                                                + " database is away."));
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
        return read(now)
                .invoke(
                        read -> {
                            latest.set(read.as(version));
                            kept.keep(read);
                        })
                .replaceWithVoid();
    }

    /** Tasks and flags of one moment: a promotion changes both. */
    private Uni<Kept> read(Instant now) {
        return Panache.withTransaction(
                () ->
                        Panache.getSession()
                                .flatMap(s -> s.createNativeQuery(ONE_MOMENT).executeUpdate())
                                .chain(tasks::set)
                                .flatMap(t -> flags.set().map(f -> new Kept(now, t, f))));
    }

    private double ageSeconds() {
        Snapshot snapshot = latest.get();
        return snapshot == null
                ? Double.NaN
                : Duration.between(snapshot.confirmedAt(), clock.instant()).toMillis() / 1000.0;
    }
}
