package dev.acey.kit.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.PostgresServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "kit"))
@WithTestResource(value = ShortLeases.class, scope = TestResourceScope.GLOBAL)
class JobsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Jobs jobs;
    @Inject JobStore store;
    @Inject ScriptedHandler handler;
    @Inject MeterRegistry metrics;
    PostgresServer postgres;

    @Test
    void aJobRunsToItsEndAndKeepsItsRow() {
        Job submitted =
                submit("runs", object("n", 1), run -> item(object("seen", run.job().config())));

        Job ended = end(submitted);

        assertEquals(7, ended.id().version(), "ids are UUIDv7");
        assertEquals(JobState.COMPLETED, ended.state());
        assertEquals(object("seen", object("n", 1)), ended.result());
        assertEquals(1, ended.attempts());
        assertNull(ended.error());
        assertFalse(ended.endedAt().isBefore(ended.startedAt()));
        assertEquals(ended, find(submitted).orElseThrow());
        assertEquals(
                Optional.of(ended), jobs.findByName(ended.kind(), "runs").await().atMost(SOON));
    }

    @Test
    void theSameKindAndNameAgainIsTheSameJobAndRunsOnce() {
        AtomicInteger runs = new AtomicInteger();
        Function<JobRun, Uni<JsonNode>> script = run -> item(object("run", runs.incrementAndGet()));

        Job first = submit("idempotent", object("n", 1), script);
        Job second = submit("idempotent", object("n", 2), script);
        end(first);
        Job third = submit("idempotent", object("n", 3), script);

        assertEquals(first.id(), second.id());
        assertEquals(first.id(), third.id());
        assertEquals(object("n", 1), third.config());
        assertEquals(1, runs.get());
    }

    @Test
    void whatGoesAlongWithAJobIsDoneOnceAndWithItOrNotAtAll() {
        AtomicInteger done = new AtomicInteger();
        Function<SqlConnection, Uni<Void>> alongside =
                connection ->
                        connection
                                .query("SELECT event_append(gen_random_uuid(), 't', 's', '{}', 0)")
                                .execute()
                                .invoke(done::incrementAndGet)
                                .replaceWithVoid();
        handler.scripts.put("along", run -> item(object("n", 1)));
        jobs.submit(ScriptedHandler.KIND, "along", object("n", 1), alongside).await().atMost(SOON);
        jobs.submit(ScriptedHandler.KIND, "along", object("n", 1), alongside).await().atMost(SOON);
        assertEquals(1, done.get());

        Function<SqlConnection, Uni<Void>> fails =
                connection -> Uni.createFrom().failure(new IllegalStateException("no"));
        assertThrows(
                IllegalStateException.class,
                () ->
                        jobs.submit(ScriptedHandler.KIND, "undone", object("n", 1), fails)
                                .await()
                                .atMost(SOON));
        assertEquals(
                Optional.empty(),
                jobs.findByName(ScriptedHandler.KIND, "undone").await().atMost(SOON));
    }

    @Test
    void withoutANameAJobIsNamedByItsId() {
        Job job =
                store.insert(
                                new UUID(0x0199_0000_0000_7000L, 1),
                                "other",
                                "x",
                                object("n", 1),
                                connection -> Uni.createFrom().voidItem())
                        .await()
                        .atMost(SOON);
        assertEquals("x", job.name());

        handler.scripts.clear();
        Job unnamed = jobs.submit(ScriptedHandler.KIND, null, object("n", 1)).await().atMost(SOON);

        assertEquals(unnamed.id().toString(), unnamed.name());
        jobs.cancel(unnamed.id()).await().atMost(SOON);
    }

    @Test
    void aKindNobodyRunsAndANameWithBlanksAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> jobs.submit("nobody", "x", object("n", 1)).await().atMost(SOON));
        assertThrows(
                IllegalArgumentException.class,
                () -> jobs.submit(ScriptedHandler.KIND, "a b", null).await().atMost(SOON));
    }

    @Test
    void anyTextSurvivesInConfigCheckpointAndResult() {
        ObjectNode any = object("text", "\u0000 \ud800 \udc00 é 漢 😀 \u2028 \" \\");
        Job job = submit("text", any, run -> run.checkpoint(any).replaceWith(run.job().config()));

        Job ended = end(job);

        assertEquals(any, ended.config());
        assertEquals(any, ended.checkpoint());
        assertEquals(any, ended.result());
    }

    @Test
    void aDeadWorkersJobIsTakenOverFromItsCheckpointWhenItsLeaseEnds() {
        AtomicReference<Job> seen = new AtomicReference<>();
        AtomicReference<Instant> at = new AtomicReference<>();
        handler.scripts.put(
                "orphan",
                run -> {
                    seen.set(run.job());
                    at.set(Instant.now());
                    return item(object("done", 1));
                });
        Instant leaseEnd = Instant.now().plusSeconds(1);
        UUID id = leftBehind("orphan", leaseEnd, 1);

        Job ended = end(id);

        assertEquals(JobState.COMPLETED, ended.state());
        assertEquals(2, ended.attempts());
        assertEquals(object("step", 3), seen.get().checkpoint());
        assertFalse(at.get().isBefore(leaseEnd), "not before the lease ended");
    }

    @Test
    void aJobThatKillsItsWorkersAgainAndAgainFails() {
        UUID id = leftBehind("killer", Instant.now(), 4);

        Job ended = end(id);

        assertEquals(JobState.FAILED, ended.state());
        assertEquals("Internal Server Error", ended.error().title());
        assertTrue(ended.error().detail().contains("worker was lost"), ended.error().detail());
    }

    @Test
    void aWorkerThatLostItsLeaseCannotWriteAndIsStopped() {
        CompletableFuture<JobRun> started = new CompletableFuture<>();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        Job job =
                submit(
                        "fenced",
                        object("n", 1),
                        run -> {
                            started.complete(run);
                            return never(stopped);
                        });
        JobRun run = started.orTimeout(20, TimeUnit.SECONDS).join();

        postgres.execute(
                "UPDATE kit.job SET version = version + 1, lease_version = version + 1,"
                        + " lease_owner = 'thief', due_at = now() + interval '1 hour' WHERE id = '"
                        + job.id()
                        + "'");

        assertThrows(LostLease.class, () -> run.checkpoint(object("n", 9)).await().atMost(SOON));
        assertThrows(LostLease.class, () -> run.progress(1, 2).await().atMost(SOON));
        assertThrows(LostLease.class, () -> run.park().await().atMost(SOON));
        stopped.orTimeout(20, TimeUnit.SECONDS).join();
        assertTrue(run.cancelled());
        Job theirs = find(job).orElseThrow();
        assertEquals(JobState.RUNNING, theirs.state());
        assertNull(theirs.checkpoint());
    }

    @Test
    void cancellingARunningJobStopsItsHandler() {
        CompletableFuture<JobRun> started = new CompletableFuture<>();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        Job job =
                submit(
                        "cancelled",
                        object("n", 1),
                        run -> {
                            started.complete(run);
                            return never(stopped);
                        });
        JobRun run = started.orTimeout(20, TimeUnit.SECONDS).join();

        jobs.cancel(job.id()).await().atMost(SOON);
        Job ended = end(job);

        assertEquals(JobState.CANCELLED, ended.state());
        stopped.orTimeout(20, TimeUnit.SECONDS).join();
        assertTrue(run.cancelled());
        assertEquals(ended, jobs.cancel(job.id()).await().atMost(SOON), "again changes nothing");
    }

    @Test
    void aJobThatFailedIsRestartedFromItsCheckpoint() {
        Job job =
                submit(
                        "restarted",
                        object("n", 1),
                        run ->
                                run.job().restarts() == 0
                                        ? run.checkpoint(object("step", 3))
                                                .chain(() -> Uni.createFrom().failure(refusal()))
                                        : item(run.job().checkpoint()));
        assertEquals(JobState.FAILED, end(job).state());

        Job queued = restart(job).orElseThrow();
        assertNull(queued.error());
        assertNull(queued.endedAt());
        Job ended = end(job);

        assertEquals(JobState.COMPLETED, ended.state());
        assertEquals(object("step", 3), ended.result());
        assertEquals(2, ended.attempts());
        assertEquals(1, ended.restarts());
        assertEquals(Optional.empty(), restart(job), "what completed is done");
        assertEquals(ended, find(job).orElseThrow());
    }

    @Test
    void twoWhoRestartACancelledJobAtOnceRestartItOnce() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        Job job = submit("restarted-twice", object("n", 1), run -> never(stopped));
        jobs.cancel(job.id()).await().atMost(SOON);
        assertEquals(JobState.CANCELLED, end(job).state());
        AtomicInteger alongside = new AtomicInteger();
        handler.scripts.put("restarted-twice", run -> item(object("run", 2)));

        Uni<Optional<Job>> one =
                jobs.restart(
                        job.id(),
                        connection ->
                                Uni.createFrom().voidItem().invoke(alongside::incrementAndGet));
        List<Optional<Job>> both = Uni.join().all(one, one).andFailFast().await().atMost(SOON);

        assertEquals(1, both.stream().filter(Optional::isPresent).count());
        assertEquals(1, alongside.get());
        Job ended = end(job);
        assertEquals(JobState.COMPLETED, ended.state());
        assertEquals(1, ended.restarts());
    }

    @Test
    void whatCannotBePutOnTheRecordIsNotRestarted() {
        Job job = submit("unrecorded", object("n", 1), run -> Uni.createFrom().failure(refusal()));
        Job failed = end(job);
        assertThrows(
                IllegalStateException.class,
                () ->
                        jobs.restart(
                                        job.id(),
                                        connection ->
                                                Uni.createFrom()
                                                        .failure(new IllegalStateException("no")))
                                .await()
                                .atMost(SOON));
        assertEquals(failed, find(job).orElseThrow());
    }

    private static ProblemException refusal() {
        return ProblemException.refused("/n", "is wrong");
    }

    private Optional<Job> restart(Job job) {
        return jobs.restart(job.id(), connection -> Uni.createFrom().voidItem())
                .await()
                .atMost(SOON);
    }

    @Test
    void aCancelAskedForElsewhereReachesTheWorkerThroughTheTable() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        CompletableFuture<JobRun> started = new CompletableFuture<>();
        Job job =
                submit(
                        "cancelled-elsewhere",
                        object("n", 1),
                        run -> {
                            started.complete(run);
                            return never(stopped);
                        });
        started.orTimeout(20, TimeUnit.SECONDS).join();

        store.requestCancel(job.id()).await().atMost(SOON);

        assertEquals(JobState.CANCELLED, end(job).state());
        stopped.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void aCancelledJobWhoseWorkerDiedIsNotRunAgain() {
        UUID id = leftBehind("cancelled-orphan", Instant.now().plusMillis(500), 0);
        store.requestCancel(id).await().atMost(SOON);

        assertEquals(JobState.CANCELLED, end(id).state());
    }

    @Test
    void aDependencyThatIsDownIsTriedAgainUntilItIsBack() {
        double before = count("retried");
        AtomicInteger runs = new AtomicInteger();
        Job job =
                submit(
                        "retried",
                        object("n", 1),
                        run ->
                                runs.incrementAndGet() < 3
                                        ? Uni.createFrom()
                                                .failure(ProblemException.unavailable("not now"))
                                        : item(object("runs", runs.get())));

        Job ended = end(job);

        assertEquals(JobState.COMPLETED, ended.state());
        assertEquals(3, ended.attempts());
        assertNull(ended.error(), "what went well in the end has no error");
        assertEquals(before + 2, count("retried"));
    }

    @Test
    void aDependencyThatStaysDownFailsTheJobWithItsProblem() {
        Job job =
                submit(
                        "given-up",
                        object("n", 1),
                        run ->
                                Uni.createFrom()
                                        .failure(
                                                ProblemException.unavailable(
                                                        "log-service is away")));

        Job ended = end(job);

        assertEquals(JobState.FAILED, ended.state());
        assertEquals(4, ended.attempts());
        assertEquals(
                new JobError("about:blank", "Service Unavailable", "log-service is away"),
                ended.error());
    }

    @Test
    void aCheckpointClearsTheCountOfFaults() {
        AtomicInteger runs = new AtomicInteger();
        Job job =
                submit(
                        "far",
                        object("n", 1),
                        run -> {
                            int n = runs.incrementAndGet();
                            return n == 8
                                    ? item(object("runs", n))
                                    : run.checkpoint(object("n", n))
                                            .chain(
                                                    () ->
                                                            Uni.createFrom()
                                                                    .failure(
                                                                            ProblemException
                                                                                    .unavailable(
                                                                                            "no")));
                        });

        assertEquals(JobState.COMPLETED, end(job).state());
    }

    @Test
    void aDefectFailsTheJobAtOnceAndKeepsItsCauseToItself() {
        double before = count("failed");
        Job job =
                submit(
                        "defect",
                        object("n", 1),
                        run -> {
                            throw new IllegalStateException("secret of the house");
                        });

        Job ended = end(job);

        assertEquals(JobState.FAILED, ended.state());
        assertEquals(1, ended.attempts());
        assertEquals("Internal Server Error", ended.error().title());
        assertFalse(ended.error().detail().contains("secret"), ended.error().detail());
        assertEquals(before + 1, count("failed"));
    }

    @Test
    void aRefusalFailsTheJobAtOnceWithItsProblem() {
        Job job =
                submit(
                        "refused",
                        object("n", 1),
                        run ->
                                Uni.createFrom()
                                        .failure(
                                                ProblemException.refused("/seed", "no such seed")));

        Job ended = end(job);

        assertEquals(JobState.FAILED, ended.state());
        assertEquals(1, ended.attempts());
        assertEquals("Unprocessable Content", ended.error().title());
        assertTrue(ended.error().detail().contains("no such seed"), ended.error().detail());
    }

    @Test
    void aParkedJobHoldsNoWorkerAndRunsAgainWhenWoken() {
        AtomicInteger runs = new AtomicInteger();
        Job job =
                submit(
                        "parked",
                        object("n", 1),
                        run -> runs.incrementAndGet() == 1 ? run.park() : item(object("n", 2)));
        await().atMost(SOON).until(() -> find(job).orElseThrow().state() == JobState.WAITING);
        assertEquals(1, runs.get());

        jobs.wake(job.id()).await().atMost(SOON);
        Job ended = end(job);

        assertEquals(JobState.COMPLETED, ended.state());
        assertEquals(1, ended.attempts(), "a wake-up is not another attempt");
        assertEquals(2, runs.get());
    }

    @Test
    void aWakeUpDuringTheRunIsNotLostWhenItParks() {
        AtomicInteger runs = new AtomicInteger();
        Job job =
                submit(
                        "woken-early",
                        object("n", 1),
                        run ->
                                runs.incrementAndGet() == 1
                                        ? jobs.wake(run.job().id()).chain(run::park)
                                        : item(object("n", 2)));

        assertEquals(JobState.COMPLETED, end(job).state());
    }

    @Test
    void aJobParkedUntilATimeRunsThenByItself() {
        Instant until = Instant.now().plusMillis(400);
        AtomicReference<Instant> again = new AtomicReference<>();
        AtomicInteger runs = new AtomicInteger();
        Job job =
                submit(
                        "parked-until",
                        object("n", 1),
                        run -> {
                            if (runs.incrementAndGet() == 1) {
                                return run.parkUntil(until);
                            }
                            again.set(Instant.now());
                            return item(object("n", 2));
                        });

        assertEquals(JobState.COMPLETED, end(job).state());
        assertFalse(again.get().isBefore(until));
    }

    @Test
    void aParkedJobCanBeCancelled() {
        Job job = submit("parked-cancelled", object("n", 1), JobRun::park);
        await().atMost(SOON).until(() -> find(job).orElseThrow().state() == JobState.WAITING);

        assertEquals(JobState.CANCELLED, jobs.cancel(job.id()).await().atMost(SOON).state());
    }

    @Test
    void progressIsSeenWhileTheJobRunsAndTheLastWordWhenItEnded() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        Job job =
                submit(
                        "progress",
                        object("n", 1),
                        run ->
                                run.progress(1, 10)
                                        .chain(() -> run.progress(2, 10))
                                        .chain(() -> Uni.createFrom().completionStage(gate))
                                        .chain(() -> run.progress(10, 10))
                                        .replaceWith(object("n", 2)));
        await().atMost(SOON).until(() -> find(job).orElseThrow().progress().done() == 1);

        gate.complete(null);

        assertEquals(new Progress(10, 10, null), end(job).progress());
    }

    @Test
    void eventsShowEachStateInOrderAndEndWithTheJob() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        Job job =
                submit(
                        "events",
                        object("n", 1),
                        run -> Uni.createFrom().completionStage(gate).replaceWith(object("n", 2)));
        List<Job> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> completed = new CompletableFuture<>();
        jobs.events(job.id())
                .subscribe()
                .with(seen::add, completed::completeExceptionally, () -> completed.complete(null));
        await().atMost(SOON).until(() -> seen.stream().anyMatch(j -> running(j)));

        gate.complete(null);
        completed.orTimeout(20, TimeUnit.SECONDS).join();

        assertEquals(JobState.COMPLETED, seen.get(seen.size() - 1).state());
        assertEquals(1, seen.stream().filter(j -> j.state().ended()).count());
        List<Long> versions = seen.stream().map(Job::version).toList();
        assertEquals(versions.stream().sorted().distinct().toList(), versions);
    }

    @Test
    void waitingForAJobGivesUpInTimeWithTheJobAsItIs() {
        Job job = submit("long", object("n", 1), run -> never(new CompletableFuture<>()));

        Job still = jobs.awaitEnd(job.id(), Duration.ofMillis(300)).await().atMost(SOON);

        assertFalse(still.state().ended());
        jobs.cancel(job.id()).await().atMost(SOON);
    }

    @Test
    void whatDoesNotExistIsEmptyOrNotFound() {
        UUID nothing = new UUID(0, 0);

        assertEquals(Optional.empty(), jobs.find(nothing).await().atMost(SOON));
        assertEquals(
                Optional.empty(),
                jobs.findByName(ScriptedHandler.KIND, "nothing").await().atMost(SOON));
        for (Uni<Job> asked :
                List.of(
                        jobs.cancel(nothing),
                        jobs.wake(nothing),
                        jobs.awaitEnd(nothing, Duration.ofSeconds(5)),
                        jobs.events(nothing).toUni())) {
            ProblemException e =
                    assertThrows(ProblemException.class, () -> asked.await().atMost(SOON));
            assertEquals(404, e.status());
        }
    }

    @Test
    void theListIsNewestFirstAndGoesOnBeforeTheLast() {
        List<Job> submitted =
                List.of("list-1", "list-2", "list-3").stream()
                        .map(name -> submit(name, object("n", 1), run -> item(null)))
                        .toList();
        submitted.forEach(this::end);

        List<String> first = names(jobs.list(ScriptedHandler.KIND, 2, null).await().atMost(SOON));
        List<String> next =
                names(
                        jobs.list(ScriptedHandler.KIND, 1, submitted.get(1).id())
                                .await()
                                .atMost(SOON));

        assertEquals(List.of("list-3", "list-2"), first);
        assertEquals(List.of("list-1"), next);
    }

    @Test
    void aHandlersReactiveSessionWorksBecauseItHasAContextOfItsOwn() {
        Job job =
                submit(
                        "context",
                        object("n", 1),
                        run ->
                                io.quarkus.hibernate.reactive.panache.Panache.withTransaction(
                                                () ->
                                                        io.quarkus.hibernate.reactive.panache
                                                                .Panache.getSession()
                                                                .flatMap(
                                                                        s ->
                                                                                s.createNativeQuery(
                                                                                                "SELECT 41 + 1",
                                                                                                Integer
                                                                                                        .class)
                                                                                        .getSingleResult()))
                                        .map(n -> object("n", n)));

        Job ended = end(job);

        assertEquals(object("n", 42), ended.result(), () -> String.valueOf(ended.error()));
    }

    @Test
    void aJobOutlivesAnOutageOfTheDatabase() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        AtomicInteger runs = new AtomicInteger();
        Job job =
                submit(
                        "outage",
                        object("n", 1),
                        run -> {
                            runs.incrementAndGet();
                            return Uni.createFrom()
                                    .completionStage(gate)
                                    .emitOn(Infrastructure.getDefaultExecutor())
                                    .chain(() -> run.checkpoint(object("n", 2)))
                                    .replaceWith(object("n", 3));
                        });
        await().atMost(SOON).until(() -> runs.get() == 1);

        postgres.stop();
        try {
            gate.complete(null);
            Throwable down =
                    assertThrows(
                            Throwable.class,
                            () ->
                                    jobs.submit(ScriptedHandler.KIND, "while-down", object("n", 1))
                                            .await()
                                            .atMost(SOON));
            assertTrue(Dependencies.isDown(down), () -> "not recognised: " + down);
        } finally {
            postgres.start();
        }

        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> find(job).orElseThrow().state() == JobState.COMPLETED);
        assertEquals(object("n", 3), find(job).orElseThrow().result());
    }

    @Test
    void aWorkerThatCannotRenewItsLeaseStopsTheRunAndTheJobIsTakenOver() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        AtomicInteger runs = new AtomicInteger();
        Job job =
                submit(
                        "cut-off",
                        object("n", 1),
                        run -> runs.incrementAndGet() == 1 ? never(stopped) : item(object("n", 2)));
        await().atMost(SOON).until(() -> runs.get() == 1);

        postgres.stop();
        try {
            stopped.orTimeout(20, TimeUnit.SECONDS).join();
        } finally {
            postgres.start();
        }

        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> find(job).orElseThrow().state() == JobState.COMPLETED);
        assertEquals(2, find(job).orElseThrow().attempts());
    }

    @Test
    void metricsCountByKind() {
        double claimed = count("claimed");

        end(submit("counted", object("n", 1), run -> item(null)));

        assertEquals(claimed + 1, count("claimed"));
        await().atMost(SOON)
                .until(
                        () ->
                                metrics.get("acey.jobs.running")
                                                .tag("kind", ScriptedHandler.KIND)
                                                .gauge()
                                                .value()
                                        == 0);
    }

    private double count(String what) {
        return metrics.get("acey.jobs." + what).tag("kind", ScriptedHandler.KIND).counter().count();
    }

    private static boolean running(Job job) {
        return job.state() == JobState.RUNNING;
    }

    private static List<String> names(List<Job> all) {
        return all.stream().map(Job::name).toList();
    }

    private Job submit(String name, JsonNode config, Function<JobRun, Uni<JsonNode>> script) {
        handler.scripts.put(name, script);
        return jobs.submit(ScriptedHandler.KIND, name, config).await().atMost(SOON);
    }

    /** A row as a worker leaves it that died in the middle. */
    private UUID leftBehind(String name, Instant leaseEnd, int retries) {
        UUID id = UUID.randomUUID();
        postgres.execute(
                "INSERT INTO kit.job (id, kind, name, state, config, checkpoint, attempts, retries,"
                        + " version, lease_version, lease_owner, due_at, started_at) VALUES ('"
                        + id
                        + "', 'scripted', '"
                        + name
                        + "', 'running', '{}', '{\"step\":3}', 1, "
                        + retries
                        + ", 2, 2, 'dead', '"
                        + leaseEnd
                        + "', now())");
        return id;
    }

    private Optional<Job> find(Job job) {
        return jobs.find(job.id()).await().atMost(SOON);
    }

    private Job end(Job job) {
        return end(job.id());
    }

    private Job end(UUID id) {
        Job last = jobs.awaitEnd(id, SOON).await().atMost(SOON.plusSeconds(5));
        assertTrue(last.state().ended(), () -> "still " + last.state());
        assertNotNull(last.endedAt());
        return last;
    }

    private static Uni<JsonNode> never(CompletableFuture<Void> stopped) {
        return Uni.createFrom()
                .<JsonNode>nothing()
                .onCancellation()
                .invoke(() -> stopped.complete(null));
    }

    private static Uni<JsonNode> item(JsonNode item) {
        return Uni.createFrom().item(item);
    }

    private static ObjectNode object(String field, Object value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (value instanceof JsonNode node) {
            return object.set(field, node);
        }
        if (value instanceof Integer number) {
            return object.put(field, number);
        }
        return object.put(field, assertInstanceOf(String.class, value));
    }
}
