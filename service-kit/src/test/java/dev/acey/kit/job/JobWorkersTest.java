package dev.acey.kit.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.test.PostgresResource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Workers as two replicas have them: nothing in common but the database. */
@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "kit"))
@WithTestResource(value = ShortLeases.class, scope = TestResourceScope.GLOBAL)
class JobWorkersTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int JOBS = 60;

    @Inject JobStore store;
    @Inject Vertx vertx;

    record Settings(
            int concurrency,
            Duration lease,
            Duration poll,
            int maxAttempts,
            Duration backOff,
            Duration answerWait)
            implements JobSettings {

        static Settings of(int concurrency, Duration lease) {
            Duration poll = Duration.ofMillis(50);
            return new Settings(concurrency, lease, poll, 3, poll, poll);
        }
    }

    private record Handler(String kind, Function<JobRun, Uni<JsonNode>> script)
            implements JobHandler {
        @Override
        public Uni<JsonNode> run(JobRun run) {
            return script.apply(run);
        }
    }

    @Test
    void twoWorkersNeverRunOneJobAndTakeNoMoreThanTheyMay() {
        Map<UUID, AtomicInteger> runs = new ConcurrentHashMap<>();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Handler handler =
                new Handler(
                        "pair",
                        run -> {
                            runs.computeIfAbsent(run.job().id(), id -> new AtomicInteger())
                                    .incrementAndGet();
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            return run.progress(1, 1)
                                    .onItem()
                                    .delayIt()
                                    .by(Duration.ofMillis(5))
                                    .invoke(now::decrementAndGet)
                                    .map(done -> null);
                        });
        List<UUID> ids = IntStream.range(0, JOBS).mapToObj(i -> insert("pair")).toList();
        SimpleMeterRegistry one = new SimpleMeterRegistry();
        SimpleMeterRegistry two = new SimpleMeterRegistry();
        JobWorker first = worker(handler, Settings.of(3, Duration.ofSeconds(5)), one);
        JobWorker second = worker(handler, Settings.of(3, Duration.ofSeconds(5)), two);

        first.start();
        second.start();
        await().atMost(SOON).until(() -> ids.stream().allMatch(id -> ended(id)));
        stop(first);
        stop(second);

        assertTrue(runs.values().stream().allMatch(n -> n.get() == 1), runs::toString);
        assertEquals(JOBS, runs.size());
        assertEquals(JOBS, claimed(one) + claimed(two));
        assertTrue(most.get() <= 6, () -> "at once: " + most);
    }

    @Test
    void aWorkerThatStopsGivesItsJobBackWithoutWaitingForItsLease() {
        CompletableFuture<JobRun> started = new CompletableFuture<>();
        Handler hangs =
                new Handler(
                        "given-back",
                        run -> {
                            started.complete(run);
                            return Uni.createFrom().nothing();
                        });
        Handler ends = new Handler("given-back", run -> Uni.createFrom().nullItem());
        Settings longLease = Settings.of(1, Duration.ofMinutes(10));
        UUID id = insert("given-back");
        JobWorker first = worker(hangs, longLease, new SimpleMeterRegistry());
        first.start();
        await().atMost(SOON).until(started::isDone);

        stop(first);
        JobWorker second = worker(ends, longLease, new SimpleMeterRegistry());
        second.start();
        await().atMost(SOON).until(() -> ended(id));
        stop(second);

        assertTrue(started.join().cancelled());
        assertEquals(2, find(id).attempts());
    }

    @Test
    void aJobWithMoreRoomElsewhereWaitsForNoBusyWorker() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        Handler busy =
                new Handler(
                        "busy", run -> Uni.createFrom().completionStage(gate).map(done -> null));
        JobWorker first =
                worker(busy, Settings.of(1, Duration.ofSeconds(5)), new SimpleMeterRegistry());
        UUID running = insert("busy");
        UUID waiting = insert("busy");
        first.start();
        await().atMost(SOON).until(() -> find(running).state() == JobState.RUNNING);
        assertEquals(JobState.QUEUED, find(waiting).state());

        JobWorker second =
                worker(busy, Settings.of(1, Duration.ofSeconds(5)), new SimpleMeterRegistry());
        second.start();
        await().atMost(SOON).until(() -> find(waiting).state() == JobState.RUNNING);

        gate.complete(null);
        await().atMost(SOON).until(() -> ended(running) && ended(waiting));
        stop(first);
        stop(second);
    }

    @Test
    void aPollTooSlowToRenewALeaseStopsTheStart() {
        Duration second = Duration.ofSeconds(1);
        Settings settings = new Settings(1, second, second, 3, second, second);
        Handler handler = new Handler("slow", run -> Uni.createFrom().nullItem());
        JobWorker worker = worker(handler, settings, new SimpleMeterRegistry());

        IllegalStateException e = assertThrows(IllegalStateException.class, worker::start);

        assertTrue(e.getMessage().contains("acey.jobs.poll=PT1S"), e.getMessage());
    }

    @Test
    void theEstimateFollowsThePaceOfThisRun() {
        JobRun.Pace pace = new JobRun.Pace(100, 0);
        long tenSeconds = Duration.ofSeconds(10).toNanos();

        assertEquals(40, pace.eta(300, 1_100, tenSeconds));
        assertEquals(0, pace.eta(1_100, 1_100, tenSeconds));
        assertEquals(null, pace.eta(100, 1_100, tenSeconds), "no pace yet");
        assertEquals(null, pace.eta(300, 0, tenSeconds), "no end known");
    }

    private JobWorker worker(Handler handler, Settings settings, SimpleMeterRegistry metrics) {
        return new JobWorker(List.of(handler), store, new JobSignals(), settings, metrics, vertx);
    }

    private static void stop(JobWorker worker) {
        worker.stop().await().atMost(SOON);
    }

    private static double claimed(SimpleMeterRegistry metrics) {
        return metrics.get("acey.jobs.claimed").counter().count();
    }

    private UUID insert(String kind) {
        UUID id = UUID.randomUUID();
        store.insert(
                        id,
                        kind,
                        id.toString(),
                        JobJson.read("{}"),
                        connection -> Uni.createFrom().voidItem())
                .await()
                .atMost(SOON);
        return id;
    }

    private boolean ended(UUID id) {
        return find(id).state().ended();
    }

    private Job find(UUID id) {
        return store.find(id).await().atMost(SOON).orElseThrow();
    }
}
