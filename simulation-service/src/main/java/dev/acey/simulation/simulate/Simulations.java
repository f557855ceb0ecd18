package dev.acey.simulation.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.job.IdempotencyKey;
import dev.acey.kit.job.Job;
import dev.acey.kit.job.Jobs;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rules.CanonicalJson;
import dev.acey.simulation.cases.Budget;
import dev.acey.simulation.cases.CaseStore;
import dev.acey.simulation.rules.RuleSets;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** Accepts simulations: each is stored with its cases before its job is submitted. */
@ApplicationScoped
class Simulations {

    private static final Duration SURELY_OVER = Duration.ofHours(1);

    private final CaseStore cases;
    private final Jobs jobs;
    private final RuleSets sets;
    private final AskableModels models;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final Clock clock;

    Simulations(
            CaseStore cases,
            Jobs jobs,
            RuleSets sets,
            AskableModels models,
            ObjectMapper json,
            Vertx vertx,
            Clock clock) {
        this.cases = cases;
        this.jobs = jobs;
        this.sets = sets;
        this.models = models;
        this.json = json;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** A request that is right, with the hash of its bytes. */
    private record Read(SimulateRequest request, String hash) {}

    /** So many given cases are stored at once. */
    private static final int CASES_AT_ONCE = 200;

    /**
     * The job of a new simulation, or of the one that was asked for with this key before.
     *
     * @param idempotencyKey null without one
     * @throws ProblemException 400, 413 or 422 for what cannot be simulated, 409 for a key that
     *     came with another body before
     */
    Uni<Job> accept(byte[] body, String idempotencyKey) {
        IdempotencyKey.check(idempotencyKey);
        return vertx.executeBlocking(() -> read(body), false)
                .call(read -> sets.named("/config/ruleSet", read.request().config().ruleSet()))
                .chain(
                        read ->
                                models.check(read.request().config())
                                        .chain(budget -> accept(read, idempotencyKey, budget)));
    }

    private Uni<Job> accept(Read read, String idempotencyKey, Budget budget) {
        return stored(idempotencyKey, read.hash())
                .chain(one -> submit(one.id, read.request(), budget));
    }

    private Read read(byte[] body) throws IOException {
        SimulateRequest request = SimulateRequest.read(json, body);
        return new Read(request, CanonicalJson.sha256(body));
    }

    /** Two requests with one key at once: the one that is stored second finds the first. */
    private Uni<Simulation> stored(String key, String hash) {
        if (key == null) {
            return persisted(null, hash);
        }
        return find(key)
                .onItem()
                .ifNull()
                .switchTo(
                        () ->
                                persisted(key, hash)
                                        .onFailure(Simulations::isTaken)
                                        .recoverWithUni(() -> find(key)))
                .invoke(one -> requireSame(one, hash));
    }

    private static Uni<Simulation> find(String key) {
        return Panache.withSession(() -> Simulation.findByKey(key));
    }

    private Uni<Simulation> persisted(String key, String hash) {
        Simulation simulation = new Simulation();
        simulation.id = UuidCreator.getTimeOrderedEpoch();
        simulation.idempotencyKey = key;
        simulation.requestHash = hash;
        simulation.createdAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return Panache.withTransaction(() -> simulation.<Simulation>persist());
    }

    private Uni<Job> submit(UUID id, SimulateRequest request, Budget budget) {
        Uni<Integer> given =
                request.cases() == null
                        ? Uni.createFrom().item(0)
                        : cases.storeOnce(
                                id,
                                Multi.createFrom()
                                        .iterable(request.cases())
                                        .group()
                                        .intoLists()
                                        .of(CASES_AT_ONCE));
        return given.chain(
                () ->
                        jobs.submit(
                                SimulationJob.KIND,
                                id.toString(),
                                json.valueToTree(
                                        SimulationOrder.of(
                                                request, sets.active().hash(), budget))));
    }

    /** A request that failed before its job was submitted leaves cases that nobody will ask for. */
    @Scheduled(every = "1h", delayed = "5m")
    Uni<Void> deleteOrphans() {
        return cases.deleteOrphans(SimulationJob.KIND, clock.instant().minus(SURELY_OVER))
                .replaceWithVoid();
    }

    private static void requireSame(Simulation there, String hash) {
        if (!there.requestHash.equals(hash)) {
            throw new ProblemException(
                    Problem.of(409, "This Idempotency-Key came with another body before."));
        }
    }

    private static boolean isTaken(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ConstraintViolationException) {
                return true;
            }
        }
        return false;
    }
}
