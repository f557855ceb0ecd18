package dev.acey.simulation.judge;

import dev.acey.simulation.replay.Case;
import dev.acey.simulation.statistics.PairedRates;
import java.util.EnumMap;
import java.util.Map;

/** Counts what a judge prefers. */
public final class JudgeTally {

    private final Map<Preference, Integer> counts = new EnumMap<>(Preference.class);
    private int pairs;

    /** Counts a case; one without two outputs is no pair. */
    public void add(Case one) {
        if (one.baseline().isPresent() && one.candidate().isPresent()) {
            pairs++;
            counts.merge(Preference.of(one.judge(), one.judgeSwapped()), 1, Integer::sum);
        }
    }

    /**
     * @param model the judge's registered name
     */
    public Judged result(String model) {
        int baseline = count(Preference.BASELINE);
        int candidate = count(Preference.CANDIDATE);
        int equal = count(Preference.EQUAL);
        int unsteady = count(Preference.UNSTEADY);
        int read = baseline + candidate + equal + unsteady;
        PairedRates wins = new PairedRates(0, baseline, candidate, equal + unsteady);
        return new Judged(
                model,
                pairs,
                candidate,
                baseline,
                equal + unsteady,
                count(Preference.UNREADABLE),
                read == 0 ? null : Double.valueOf((double) (read - unsteady) / read),
                read == 0 ? null : Double.valueOf(wins.difference()),
                read == 0 ? null : wins.interval());
    }

    private int count(Preference preference) {
        return counts.getOrDefault(preference, 0);
    }
}
