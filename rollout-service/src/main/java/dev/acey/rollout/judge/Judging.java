package dev.acey.rollout.judge;

import dev.acey.kit.entry.LogEntry;
import dev.acey.rollout.rules.ActiveRuleSet;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Judges outputs by the active rules and puts them on the record. */
@Singleton
public class Judging {

    private final Lanes lanes;
    private final Processing processing;
    private final ActiveRuleSet active;

    Judging(Lanes lanes, Processing processing, ActiveRuleSet active) {
        this.lanes = lanes;
        this.processing = processing;
        this.active = active;
    }

    /**
     * Completes when the call is judged and on the record. Its channel's state is read and written
     * only for an output that touches it; where it cannot be read, what needs it waits for a
     * person. Fails with a 503 when the call cannot be judged or recorded now, and with a 413 when
     * it has no id yet and its entry would be too large.
     *
     * @param call with id and timestamp, or with neither: then it gets those of its judgement
     * @param bytes about what the entry takes
     */
    public Uni<Judgement> judge(LogEntry call, long bytes) {
        Call waiting = Call.of(call, bytes);
        if (call.channel() == null
                || call.channel().isEmpty()
                || !active.rules().touchesState(call.aceyOutput())) {
            processing.alone(waiting);
        } else {
            lanes.enter(call.channel(), waiting);
        }
        return waiting.outcome();
    }

    /**
     * Judges a call that changes no channel: its state is read as it stands, without waiting for
     * those who change it. Completes when the call is on the record.
     *
     * @param call with id and timestamp, and an environment other than live
     */
    public Uni<Judgement> judgeAside(LogEntry call) {
        Call aside = Call.of(call, 0);
        processing.aside(
                aside,
                call.channel() != null
                        && !call.channel().isEmpty()
                        && active.rules().touchesState(call.aceyOutput()));
        return aside.outcome();
    }
}
