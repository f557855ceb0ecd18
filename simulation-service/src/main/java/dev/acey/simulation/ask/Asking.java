package dev.acey.simulation.ask;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.cases.AskStore;
import dev.acey.simulation.cases.Budget;
import dev.acey.simulation.cases.CaseStore;
import dev.acey.simulation.cases.Claim;
import dev.acey.simulation.cases.StoredCase;
import dev.acey.simulation.replay.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks a model about all cases of a simulation, in rounds: each goes once over the cases that have
 * no answer yet. A call is made only when its claim is granted, so that what is under way and what
 * is spent stay within their bounds whoever else asks; an answer is stored before it counts. When
 * something fails, what is under way still comes to its end.
 */
@ApplicationScoped
public class Asking {

    /** Full of content, each may have a MiB. */
    private static final int PAGE = 20;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** Of a model that has failed often: asked on at once, every case would fail in a moment. */
    private static final String LEFT_ALONE = "circuit_open";

    /** From the end of a call to its answer being stored. */
    private static final Duration TO_STORE = Duration.ofSeconds(10);

    /** So many pauses in a row because calls could not be made: the job waits instead. */
    private static final int MOST_REFUSALS = 20;

    private final CaseStore cases;
    private final AskStore store;
    private final Models models;
    private final AskSettings settings;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final MeterRegistry meters;

    Asking(
            CaseStore cases,
            AskStore store,
            Models models,
            AskSettings settings,
            ObjectMapper json,
            Vertx vertx,
            MeterRegistry meters) {
        this.cases = cases;
        this.store = store;
        this.models = models;
        this.settings = settings;
        this.json = json;
        this.vertx = vertx;
        this.meters = meters;
    }

    /**
     * Asks until every case has an answer, or has failed as often as it may.
     *
     * @return the budget that ended before: calls or dollars; empty where none did. Fails with 503
     *     while calls cannot be made for long
     */
    public Uni<Optional<String>> all(AskOrder order) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Rounds(settings.pause()), rounds -> round(order, rounds))
                .whilst(rounds -> rounds.left() && rounds.spent() == null)
                .collect()
                .last()
                .map(rounds -> Optional.ofNullable(rounds.spent()));
    }

    private Uni<Rounds> round(AskOrder order, Rounds rounds) {
        return after(rounds.begin())
                .onItem()
                .transformToMulti(begun -> unanswered(order, rounds))
                .onItem()
                .transformToUniAndConcatenate(one -> claimed(order, rounds, one))
                .onItem()
                .transformToUni(taken -> asked(order, rounds, taken))
                .collectFailures()
                .merge(settings.concurrency())
                .onItem()
                .transformToUniAndConcatenate(done -> order.answered().get().replaceWith(done))
                .collect()
                .last()
                .replaceWith(rounds)
                .onFailure(CompositeException.class)
                .transform(Throwable::getCause);
    }

    private Multi<StoredCase> unanswered(AskOrder order, Rounds rounds) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicInteger(),
                        next ->
                                cases.unanswered(
                                                order.simulation(),
                                                order.purpose(),
                                                next.get(),
                                                PAGE)
                                        .invoke(page -> next.set(StoredCase.after(page))))
                .whilst(page -> page.size() == PAGE && !rounds.over())
                .onItem()
                .transformToIterable(page -> page);
    }

    /** A call that may be made. */
    private record Taken(
            String taskType, ObjectNode request, AskStore.Call call, Claim.Granted granted) {}

    /** Waits for room; no item where there is nothing to ask, or somebody else does. */
    private Uni<Taken> claimed(AskOrder order, Rounds rounds, StoredCase one) {
        if (rounds.over()) {
            return Uni.createFrom().nullItem();
        }
        return vertx.executeBlocking(() -> order.prompt().apply(one.toCase(json)), false)
                .chain(
                        request ->
                                request == null
                                        ? Uni.createFrom().nullItem()
                                        : claimed(order, rounds, one, request));
    }

    private Uni<Taken> claimed(AskOrder order, Rounds rounds, StoredCase one, ObjectNode request) {
        long longest =
                order.model().pricing() == null
                        ? 0
                        : ChatPrompt.bounded(request, settings.completionTokens());
        AskStore.Call call =
                new AskStore.Call(
                        order.simulation(),
                        one.position(),
                        order.purpose(),
                        order.model().mostCost(request, longest));
        return Multi.createBy()
                .repeating()
                .uni(() -> after(rounds.pause()).chain(() -> claim(call, order.budget())))
                .withDelay(LOOK_AGAIN)
                .whilst(claim -> claim instanceof Claim.Full)
                .collect()
                .last()
                .map(claim -> taken(rounds, one, request, call, claim));
    }

    private Uni<Claim> claim(AskStore.Call call, Budget budget) {
        return store.claim(call, budget, settings.concurrency(), settings.timeout().plus(TO_STORE));
    }

    private static Taken taken(
            Rounds rounds, StoredCase one, ObjectNode request, AskStore.Call call, Claim claim) {
        if (claim instanceof Claim.Granted granted) {
            return new Taken(one.taskType(), request, call, granted);
        }
        if (claim instanceof Claim.Spent spent) {
            rounds.spend(spent.what());
        } else {
            rounds.leave();
        }
        return null;
    }

    private Uni<Boolean> asked(AskOrder order, Rounds rounds, Taken taken) {
        return models.ask(order.model(), taken.taskType(), taken.request(), settings.timeout())
                .invoke(outcome -> count(order, outcome))
                .chain(
                        outcome ->
                                settled(rounds, taken, outcome)
                                        .onFailure(Dependencies::isDown)
                                        .retry()
                                        .withBackOff(LOOK_AGAIN, TO_STORE.dividedBy(4))
                                        .expireIn(TO_STORE.toMillis()))
                .chain(
                        () ->
                                rounds.refusals() > MOST_REFUSALS
                                        ? Uni.createFrom().failure(noRoom())
                                        : Uni.createFrom().item(true))
                .onFailure()
                .invoke(rounds::stop);
    }

    private Uni<Void> settled(Rounds rounds, Taken taken, Outcome outcome) {
        AskStore.Call call = taken.call();
        Claim.Granted granted = taken.granted();
        if (outcome instanceof Outcome.Answered answered) {
            Answer answer = answered.answer();
            long cost =
                    answer.cost() == null
                            ? call.reserve()
                            : Budget.nano(Math.max(0, answer.cost()));
            return stored(rounds, call, granted, answer, cost);
        }
        if (outcome instanceof Outcome.Failed failed) {
            if (!failed.passing() || granted.failures() >= settings.retries()) {
                return stored(rounds, call, granted, failed.failure(), call.reserve());
            }
            rounds.heard();
            if (failed.failure().error().type().equals(LEFT_ALONE)) {
                rounds.refuse(null);
            }
            rounds.leave();
            return store.failed(call, granted);
        }
        rounds.leave();
        rounds.refuse(outcome instanceof Outcome.NotMade refused ? refused.after() : null);
        return outcome instanceof Outcome.NotMade
                ? store.notMade(call, granted)
                : store.lost(call, granted);
    }

    private Uni<Void> stored(
            Rounds rounds,
            AskStore.Call call,
            Claim.Granted granted,
            Answer answer,
            long nanodollars) {
        rounds.heard();
        return vertx.executeBlocking(() -> Buffer.buffer(json.writeValueAsBytes(answer)), false)
                .chain(bytes -> store.answered(call, granted, bytes, nanodollars));
    }

    private static ProblemException noRoom() {
        return ProblemException.unavailable("rollout-service has no room for calls right now.");
    }

    private void count(AskOrder order, Outcome outcome) {
        meters.counter(
                        "acey.simulation.calls",
                        "purpose",
                        order.purpose().column(),
                        "outcome",
                        outcome.name())
                .increment();
    }

    private static Uni<Void> after(Duration pause) {
        return pause.isZero()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().voidItem().onItem().delayIt().by(pause);
    }
}
