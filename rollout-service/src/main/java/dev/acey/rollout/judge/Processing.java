package dev.acey.rollout.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.problem.Dependencies;
import dev.acey.rollout.channel.Channels;
import dev.acey.rollout.channel.HeldChannel;
import dev.acey.rollout.channel.StateUnavailableException;
import dev.acey.rollout.rules.ActiveRuleSet;
import dev.acey.rollout.spool.Spool;
import dev.acey.rules.RuleState;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/** Judges calls and puts them on the record; each call is answered, one way or another. */
@Singleton
class Processing {

    private final Channels channels;
    private final ActiveRuleSet active;
    private final Spool spool;
    private final ObjectMapper json;
    private final Clock clock;

    Processing(
            Channels channels, ActiveRuleSet active, Spool spool, ObjectMapper json, Clock clock) {
        this.channels = channels;
        this.active = active;
        this.spool = spool;
        this.json = json;
        this.clock = clock;
    }

    /** A call of no channel: judged by the neutral state, which it does not change. */
    void alone(Call call) {
        Round round = round(now());
        onWorker(() -> round.judge(List.of(call), RuleState.neutral()))
                .chain(() -> record(round))
                .subscribe()
                .with(recorded -> {}, call.answer()::completeExceptionally);
    }

    /**
     * A call that changes nothing, judged by its channel's state as it stands.
     *
     * @param byState whether the state matters
     */
    void aside(Call call, boolean byState) {
        Round round = round(now());
        Uni<RuleState> state =
                byState
                        ? channels.state(call.entry().channel())
                        : Uni.createFrom().item(RuleState.neutral());
        state.onFailure(Dependencies::isDown)
                .recoverWithNull()
                .chain(known -> onWorker(() -> judge(round, call, known)))
                .chain(() -> record(round))
                .subscribe()
                .with(recorded -> {}, call.answer()::completeExceptionally);
    }

    private static Round judge(Round round, Call call, RuleState known) {
        if (known == null) {
            round.judgeWithoutState(List.of(call));
        } else {
            round.judge(List.of(call), known);
        }
        return round;
    }

    /** Calls of one channel, in this order; where its state cannot be read they go without. */
    Uni<Void> together(String channel, List<Call> calls) {
        return channels.hold(channel, held -> inOrder(held, calls))
                .onFailure(StateUnavailableException.class)
                .recoverWithUni(() -> withoutState(calls))
                .onFailure()
                .invoke(e -> calls.forEach(call -> call.answer().completeExceptionally(e)));
    }

    private Uni<Void> inOrder(HeldChannel held, List<Call> calls) {
        Round round = round(held.at());
        return onWorker(() -> round.judge(calls, held.state()))
                .chain(
                        after ->
                                round.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : held.log(round.entries(), after).invoke(round::answer));
    }

    private Uni<Void> withoutState(List<Call> calls) {
        Round round = round(now());
        return onWorker(
                        () -> {
                            round.judgeWithoutState(calls);
                            return round;
                        })
                .chain(this::record);
    }

    private Uni<Void> record(Round round) {
        return round.isEmpty()
                ? Uni.createFrom().voidItem()
                : spool.append(round.entries()).invoke(round::answer);
    }

    private Round round(Instant at) {
        return new Round(active.rules(), at, json);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The bound on a verdict's work is a second: too long for an event loop. */
    private static <T> Uni<T> onWorker(Supplier<T> work) {
        Uni<T> here = Uni.createFrom().item(work);
        return Infrastructure.canCallerThreadBeBlocked()
                ? here
                : here.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
