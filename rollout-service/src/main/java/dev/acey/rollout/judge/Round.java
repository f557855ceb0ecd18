package dev.acey.rollout.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.spool.EntryLine;
import dev.acey.rollout.spool.SpoolRecord;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Several calls judged one after the other by one rule set at one instant, and their entries. Not
 * thread-safe.
 */
final class Round {

    private static final long ROOM_FOR_COUNTING = 0xFFFFL;

    private final RuleSet rules;
    private final Instant at;
    private final ObjectMapper json;
    private final UUID firstId;
    private final List<Call> calls = new ArrayList<>();
    private final List<Judgement> judgements = new ArrayList<>();
    private final List<SpoolRecord> entries = new ArrayList<>();

    /**
     * @param at to the millisecond
     */
    Round(RuleSet rules, Instant at, ObjectMapper json) {
        this.rules = rules;
        this.at = at;
        this.json = json;
        UUID random = UuidCreator.getTimeOrderedEpoch(at);
        this.firstId =
                new UUID(
                        random.getMostSignificantBits(),
                        random.getLeastSignificantBits() & ~ROOM_FOR_COUNTING);
    }

    /** Judges each call by the state that the calls before it leave; gives the state after all. */
    RuleState judge(List<Call> batch, RuleState state) {
        RuleState latest = state;
        for (Call call : batch) {
            RuleState before = latest;
            latest =
                    add(call, id -> Judgement.of(rules, call.entry(), before, at, id))
                            .map(Judgement::after)
                            .orElse(before);
        }
        return latest;
    }

    void judgeWithoutState(List<Call> batch) {
        for (Call call : batch) {
            add(call, id -> Judgement.withoutState(rules, call.entry(), at, id));
        }
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** In the order of judgement. */
    List<SpoolRecord> entries() {
        return List.copyOf(entries);
    }

    /** Answers all, once their entries are on the record. */
    void answer() {
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).answer().complete(judgements.get(i));
        }
    }

    /** Empty for a call that cannot be recorded: it is answered so and changes nothing. */
    private Optional<Judgement> add(Call call, Function<UUID, Judgement> judge) {
        Judgement judged = judge.apply(nextId());
        boolean isIdentified = call.entry().id() != null;
        byte[] line =
                isIdentified
                        ? EntryLine.fitting(judged.entry(), json)
                        : EntryLine.of(judged.entry(), json);
        if (line.length > EntryLine.LONGEST && !isIdentified) {
            call.answer().completeExceptionally(tooLarge());
            return Optional.empty();
        }
        entries.add(SpoolRecord.entry(judged.entry().id(), line));
        calls.add(call);
        judgements.add(judged);
        return Optional.of(judged);
    }

    private UUID nextId() {
        return new UUID(
                firstId.getMostSignificantBits(), firstId.getLeastSignificantBits() + calls.size());
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                Problem.of(413, "The output with its verdict makes a log entry of over 1 MiB."));
    }
}
