package dev.acey.rollout.replica;

import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Looks at the versions of all topics and has the followers follow: at every notification ({@link
 * Listening}), every two seconds whatever happens, and when somebody asks. Looks never overlap;
 * those asked for while one is under way become one.
 */
@Singleton
public class Revisions {

    private static final Logger LOG = Logger.getLogger(Revisions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Pool pool;
    private final Vertx vertx;
    private final List<Follower> followers;
    private final AtomicBoolean databaseDown = new AtomicBoolean();
    private CompletableFuture<Void> underWay;
    private CompletableFuture<Void> next;

    Revisions(Pool pool, Vertx vertx, @All List<Follower> followers) {
        this.pool = pool;
        this.vertx = vertx;
        this.followers = followers;
    }

    /**
     * Completes after a look that began no earlier than this call, so that what was committed
     * before it is known here; also when the look fails, which is logged and tried again.
     */
    public Uni<Void> look() {
        CompletableFuture<Void> mine;
        synchronized (this) {
            if (underWay != null) {
                next = next == null ? new CompletableFuture<>() : next;
                return Uni.createFrom().completionStage(next.copy());
            }
            mine = new CompletableFuture<>();
            underWay = mine;
        }
        Uni<Void> answer = Uni.createFrom().completionStage(mine.copy());
        start(mine);
        return answer;
    }

    /** Whether the last look was answered. */
    public boolean isDatabaseAway() {
        return databaseDown.get();
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> poll() {
        return look();
    }

    private void start(CompletableFuture<Void> look) {
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(
                ignored ->
                        versions()
                                .flatMap(versions -> follow(versions, context))
                                .ifNoItem()
                                .after(PATIENCE)
                                .failWith(Revisions::tooSlow)
                                .subscribe()
                                .with(done -> ended(look, null), f -> ended(look, f)));
    }

    private void ended(CompletableFuture<Void> look, Throwable failure) {
        if (failure == null) {
            if (databaseDown.compareAndSet(true, false)) {
                LOG.info("The database answers again: what it holds is followed.");
            }
        } else if (!Dependencies.isDown(failure)) {
            LOG.error("A change could not be followed", failure);
        } else if (databaseDown.compareAndSet(false, true)) {
            LOG.warnf("The database is away, the last known settings hold: %s", failure);
        }
        CompletableFuture<Void> follower;
        synchronized (this) {
            follower = next;
            underWay = next;
            next = null;
        }
        look.complete(null);
        if (follower != null) {
            start(follower);
        }
    }

    private static ProblemException tooSlow() {
        return ProblemException.unavailable("no answer within " + PATIENCE);
    }

    private Uni<Map<String, Long>> versions() {
        return pool.query("SELECT topic, version FROM revision")
                .execute()
                .map(
                        rows -> {
                            Map<String, Long> versions = new HashMap<>();
                            rows.forEach(
                                    r -> versions.put(r.getString("topic"), r.getLong("version")));
                            return versions;
                        });
    }

    /** One after the other; one that fails does not keep the others from following. */
    private Uni<Void> follow(Map<String, Long> versions, Context context) {
        return Multi.createFrom()
                .iterable(followers)
                .filter(f -> versions.containsKey(f.topic()))
                .onItem()
                .transformToUni(
                        f ->
                                Uni.createFrom()
                                        .deferred(() -> f.follow(versions.get(f.topic())))
                                        .runSubscriptionOn(
                                                task -> context.runOnContext(x -> task.run())))
                .collectFailures()
                .concatenate()
                .collect()
                .last();
    }
}
