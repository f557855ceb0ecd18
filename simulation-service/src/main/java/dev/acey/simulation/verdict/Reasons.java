package dev.acey.simulation.verdict;

import dev.acey.simulation.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Criteria that are broken or open, in words with numbers. */
final class Reasons {

    private final List<String> broken = new ArrayList<>();
    private final List<String> open = new ArrayList<>();

    void broken(String text, Object... values) {
        broken.add(String.format(Locale.ROOT, text, values));
    }

    void open(String text, Object... values) {
        open.add(String.format(Locale.ROOT, text, values));
    }

    /** Broken where it is certain that a share is above what is tolerated, open where it may be. */
    void share(String what, int count, int of, double tolerance) {
        if (of == 0) {
            return;
        }
        Interval interval = Interval.ofRate(count, of);
        String numbers =
                String.format(
                        Locale.ROOT,
                        "%d of %d (95 %% interval %.1f to %.1f %%; tolerated %.1f %%)",
                        count,
                        of,
                        100 * interval.low(),
                        100 * interval.high(),
                        100 * tolerance);
        if (interval.low() > tolerance) {
            broken("too many %s: %s", what, numbers);
        } else if (interval.high() > tolerance) {
            open("more %s may come than tolerated: %s", what, numbers);
        }
    }

    /**
     * @param criteria the version of the criteria
     */
    TaskVerdict verdict(int criteria) {
        Outcome outcome =
                !broken.isEmpty()
                        ? Outcome.FAIL
                        : open.isEmpty() ? Outcome.PASS : Outcome.INCONCLUSIVE;
        List<String> all = new ArrayList<>(broken);
        all.addAll(open);
        return new TaskVerdict(outcome, List.copyOf(all), criteria);
    }
}
