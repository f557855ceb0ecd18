package dev.acey.gateway.calls;

import dev.acey.gateway.upstream.Service;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The calls. Each may be made again at will: what makes something new names it by an idempotency
 * key, and always answers at once, done or not. Fails with {@link RefusedByService} or with a 503
 * problem.
 */
@ApplicationScoped
@Timeout(value = 30, unit = ChronoUnit.SECONDS)
@Retry(maxRetries = 2, delay = 200, jitter = 100, abortOn = RefusedByService.class)
@ExponentialBackoff
@CircuitBreaker(
        requestVolumeThreshold = 10,
        delay = 2,
        delayUnit = ChronoUnit.SECONDS,
        skipOn = RefusedByService.class)
public class ServiceCalls {

    private static final String AT_ONCE = "respond-async";
    private static final int LARGEST_PAGE = 1_000;

    private final LogApi logs;
    private final DatasetApi datasets;
    private final FineTuneApi fineTunes;
    private final SimulationApi simulations;
    private final RolloutApi rollouts;
    private final Answers answers;

    ServiceCalls(
            @RestClient LogApi logs,
            @RestClient DatasetApi datasets,
            @RestClient FineTuneApi fineTunes,
            @RestClient SimulationApi simulations,
            @RestClient RolloutApi rollouts,
            Answers answers) {
        this.logs = logs;
        this.datasets = datasets;
        this.fineTunes = fineTunes;
        this.simulations = simulations;
        this.rollouts = rollouts;
        this.answers = answers;
    }

    public Uni<LogStats> logStats() {
        return answers.of(Service.LOG, logs.stats());
    }

    /** The thresholds of alerts that hold. */
    public Uni<Thresholds> thresholds() {
        return answers.of(Service.LOG, logs.thresholds());
    }

    /** Makes these the thresholds of alerts. */
    public Uni<Thresholds> setThresholds(Thresholds thresholds) {
        return answers.of(Service.LOG, logs.setThresholds(thresholds));
    }

    /** The alerts that fire, newest first; not more than one page of them. */
    public Uni<AlertList> firingAlerts() {
        return answers.of(Service.LOG, logs.alerts("firing", LARGEST_PAGE));
    }

    /** Sets how long log entries are kept. */
    public Uni<Void> keepLogs(LogRetention retention) {
        return answers.of(Service.LOG, logs.keep(retention)).replaceWithVoid();
    }

    /** Begins a preparation, or finds the one that was begun with this key. */
    public Uni<Preparation> prepare(String key, Preparation.Order order) {
        return answers.of(Service.DATASET, datasets.prepare(key, AT_ONCE, order));
    }

    public Uni<Preparation> preparation(String id) {
        return answers.of(Service.DATASET, datasets.preparation(id));
    }

    /** Begins a simulation, or finds the one that was begun with this key. */
    public Uni<Simulation> simulate(String key, Simulation.Order order) {
        return answers.of(Service.SIMULATION, simulations.simulate(key, AT_ONCE, order));
    }

    public Uni<Simulation> simulation(String id) {
        return answers.of(Service.SIMULATION, simulations.simulation(id));
    }

    /** A page of the tasks and what serves them. */
    public Uni<TaskPage> tasks(String cursor) {
        return answers.of(Service.ROLLOUT, rollouts.tasks(LARGEST_PAGE, cursor));
    }

    /** Begins a training job, or finds the one that was begun with this key. */
    public Uni<FineTune> fineTune(String key, FineTune.Order order) {
        return answers.of(Service.DATASET, fineTunes.begin(key, AT_ONCE, order));
    }

    public Uni<FineTune> fineTune(String id) {
        return answers.of(Service.DATASET, fineTunes.fineTune(id));
    }

    /** The rollouts that began last, newest first. */
    public Uni<RolloutPage> rollouts(int limit) {
        return answers.of(Service.ROLLOUT, rollouts.rollouts(limit));
    }

    /**
     * Begins a rollout. Refused with 409 while the task has one, which may be the one an earlier
     * call began.
     */
    public Uni<Rollout> beginRollout(Rollout.Order order) {
        return answers.of(Service.ROLLOUT, rollouts.begin(order));
    }

    public Uni<Rollout> rollout(String id) {
        return answers.of(Service.ROLLOUT, rollouts.rollout(id));
    }

    /** Lets a rollout go on that waits for it; again is harmless. */
    public Uni<Rollout> approve(String rollout, Approval approval) {
        return answers.of(Service.ROLLOUT, rollouts.approve(rollout, approval));
    }
}
