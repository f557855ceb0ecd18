package dev.acey.simulation.drift;

import dev.acey.simulation.drift.Drift.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Collects what two models answered to the same prompts and tests whether their voices differ.
 * Bounded: of more prompts than {@link Drift#MOST_OUTPUTS} it keeps a random sample, the same for
 * the same seed and order; of each output it keeps numbers and no text.
 */
public final class StyleSample {

    private static final int EXAMPLES = 2;

    private final long seed;
    private final Random sampling;
    private final List<Utterance> baseline = new ArrayList<>();
    private final List<Utterance> candidate = new ArrayList<>();
    private int seen;

    public StyleSample(long seed) {
        this.seed = seed;
        this.sampling = new Random(seed);
    }

    /**
     * Adds one prompt's two answers. Where neither says anything there is no voice to compare.
     *
     * @param position of the case
     * @param logId of the logged answer; may be null
     */
    public void add(int position, UUID logId, String baselineSpeech, String candidateSpeech) {
        if (baselineSpeech.isBlank() && candidateSpeech.isBlank()) {
            return;
        }
        seen++;
        int place = baseline.size() < Drift.MOST_OUTPUTS ? baseline.size() : sampling.nextInt(seen);
        if (place < Drift.MOST_OUTPUTS) {
            put(baseline, place, new Utterance(position, logId, Features.of(baselineSpeech)));
            put(candidate, place, new Utterance(position, logId, Features.of(candidateSpeech)));
        }
    }

    private static void put(List<Utterance> sample, int place, Utterance utterance) {
        if (place == sample.size()) {
            sample.add(utterance);
        } else {
            sample.set(place, utterance);
        }
    }

    /** Prompts seen that can be compared, sampled or not. */
    public int seen() {
        return seen;
    }

    List<Utterance> candidate() {
        return candidate;
    }

    /**
     * Tests. Takes a second of CPU for a thousand prompts: not for an event loop.
     *
     * @param cancelled asked often
     * @throws CancellationException when cancelled
     */
    public Drift test(BooleanSupplier cancelled) {
        int n = baseline.size();
        if (n < Drift.TOO_LITTLE) {
            return Drift.untested(
                    "not tested: too little, "
                            + n
                            + " prompts answered by both, fewer than "
                            + Drift.TOO_LITTLE);
        }
        FeatureSpace space = FeatureSpace.of(Utterance.features(baseline));
        double[][] x = space.place(Utterance.features(baseline));
        double[][] y = space.place(Utterance.features(candidate));
        EnergyTest test = PairedEnergyTest.of(x, y, Drift.PERMUTATIONS, seed, cancelled);
        return Drift.tested(
                test,
                n,
                method(n, space),
                Shifts.of(space, baseline, candidate, (k, sign) -> examples(x, y, k, sign)));
    }

    private String method(int n, FeatureSpace space) {
        return space.description()
                + ", over "
                + n
                + (seen > n ? " (sampled of " + seen + ")" : "")
                + " prompts answered by both; "
                + Drift.PERMUTATIONS
                + " permutations within prompts; score is the effect size H; "
                + Language.describe(baseline);
    }

    /** The prompts on which the candidate differs most from the baseline, in that direction. */
    private List<Example> examples(double[][] x, double[][] y, int axis, double sign) {
        return IntStream.range(0, x.length)
                .boxed()
                .filter(i -> sign * (y[i][axis] - x[i][axis]) > 0)
                .sorted(Comparator.comparingDouble(i -> -sign * (y[i][axis] - x[i][axis])))
                .limit(EXAMPLES)
                .map(candidate::get)
                .map(one -> new Example("both", one.position(), one.logId()))
                .toList();
    }
}
