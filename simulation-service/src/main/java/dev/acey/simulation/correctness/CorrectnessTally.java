package dev.acey.simulation.correctness;

import dev.acey.simulation.output.AceyOutput;
import dev.acey.simulation.output.IntentMatch;
import dev.acey.simulation.output.TextSimilarity;
import dev.acey.simulation.replay.Case;
import dev.acey.simulation.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts what is correct. Memory does not grow with the cases. */
public final class CorrectnessTally {

    private static final int MOST_LISTED = 100;
    private static final int LONGEST_DETAIL = 500;
    private static final double ALIKE = 0.5;

    private final List<Correctness.Failure> failures = new ArrayList<>();
    private int checked;
    private int invalid;
    private int references;
    private int agree;
    private double similarity;

    /**
     * @param output the tested one
     * @param check by the rules of the case's task; null where it has none
     */
    public void add(Case one, AceyOutput output, OutputCheck check) {
        if (check != null) {
            checked++;
            check.fault(output).ifPresent(fault -> fail(one, fault));
        }
        one.reference().ifPresent(reference -> compare(reference, output));
    }

    /** Outputs whose task has rules. */
    public int checked() {
        return checked;
    }

    /** Those of them that break one. */
    public int invalid() {
        return invalid;
    }

    /** Outputs that could be compared with a reference. */
    public int references() {
        return references;
    }

    /** Those of them that agree with it. */
    public int agree() {
        return agree;
    }

    public Correctness result() {
        return new Correctness(
                checked == 0 ? null : Double.valueOf((double) (checked - invalid) / checked),
                rate(checked - invalid, checked).orElse(null),
                checked,
                List.copyOf(failures),
                new Correctness.Agreement(
                        references,
                        agree,
                        references == 0 ? null : Double.valueOf((double) agree / references),
                        rate(agree, references).orElse(null),
                        references == 0 ? null : Double.valueOf(similarity / references)));
    }

    private void fail(Case one, String fault) {
        invalid++;
        if (failures.size() < MOST_LISTED) {
            failures.add(
                    new Correctness.Failure(
                            one.position(),
                            one.entry().id(),
                            one.entry().taskType(),
                            fault.substring(0, Math.min(LONGEST_DETAIL, fault.length()))));
        }
    }

    private void compare(AceyOutput reference, AceyOutput output) {
        IntentMatch match = IntentMatch.of(reference.intents(), output.intents());
        boolean sameIntents =
                match.onlyA().isEmpty()
                        && match.onlyB().isEmpty()
                        && match.pairs().stream().allMatch(IntentMatch.Pair::sameProposal);
        double alike = TextSimilarity.of(reference.speech(), output.speech());
        references++;
        similarity += alike;
        agree += sameIntents && (reference.speech().isEmpty() || alike >= ALIKE) ? 1 : 0;
    }

    private static Optional<Interval> rate(int count, int of) {
        return of == 0 ? Optional.empty() : Optional.of(Interval.ofRate(count, of));
    }
}
