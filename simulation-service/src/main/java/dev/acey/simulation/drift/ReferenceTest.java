package dev.acey.simulation.drift;

import dev.acey.simulation.drift.Drift.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Tests whether a candidate still sounds as the pinned references of its tasks do. The prompts
 * differ, so outputs change sides within their task only.
 */
public final class ReferenceTest {

    /** A task's reference, and the sample that holds the candidate's outputs. */
    public record Task(StyleReference reference, StyleSample sample) {}

    private ReferenceTest() {}

    /**
     * Tests one task, or several together: then of each task equally many outputs of both sides are
     * taken, so that the mix of tasks is the same on both and the score is the voice's alone. Takes
     * seconds of CPU for a thousand outputs a side: not for an event loop.
     *
     * @param tasks at least one
     * @param cancelled asked often
     * @throws CancellationException when cancelled
     */
    public static Drift of(List<Task> tasks, long seed, BooleanSupplier cancelled) {
        if (!tasks.stream().allMatch(task -> task.reference().isCurrent())) {
            return Drift.untested(
                    "not tested: the reference was measured in an older way; pin it again");
        }
        List<List<Utterance>> references = new ArrayList<>();
        List<List<Utterance>> candidates = new ArrayList<>();
        for (Task task : tasks) {
            List<Utterance> reference = shuffled(task.reference().utterances(), seed);
            List<Utterance> candidate = shuffled(spoken(task.sample().candidate()), seed);
            int most = Drift.MOST_OUTPUTS / tasks.size();
            int same = Math.min(most, Math.min(reference.size(), candidate.size()));
            references.add(first(reference, tasks.size() == 1 ? most : same));
            candidates.add(first(candidate, tasks.size() == 1 ? most : same));
        }
        return test(references, candidates, seed, cancelled);
    }

    private static Drift test(
            List<List<Utterance>> references,
            List<List<Utterance>> candidates,
            long seed,
            BooleanSupplier cancelled) {
        List<Utterance> reference = references.stream().flatMap(List::stream).toList();
        List<Utterance> candidate = candidates.stream().flatMap(List::stream).toList();
        int fewest = Math.min(reference.size(), candidate.size());
        if (fewest < Drift.TOO_LITTLE) {
            return Drift.untested(
                    "not tested: too little, %d outputs of the reference and %d of the candidate, fewer than %d"
                            .formatted(reference.size(), candidate.size(), Drift.TOO_LITTLE));
        }
        FeatureSpace space = FeatureSpace.of(Utterance.features(reference));
        EnergyTest test =
                UnpairedEnergyTest.of(
                        placed(space, references),
                        placed(space, candidates),
                        Drift.PERMUTATIONS,
                        seed,
                        cancelled);
        String method =
                space.description()
                        + ", %d outputs of the reference and %d of the candidate to other prompts; %d"
                                .formatted(reference.size(), candidate.size(), Drift.PERMUTATIONS)
                        + " permutations within tasks; score is the effect size H; "
                        + Language.describe(reference);
        return Drift.tested(
                test,
                fewest,
                method,
                Shifts.of(
                        space,
                        reference,
                        candidate,
                        (axis, sign) ->
                                examples(space.axes().get(axis), sign, reference, candidate)));
    }

    /** The output of each side that lies farthest on its side's way. */
    private static List<Example> examples(
            FeatureSpace.Axis axis,
            double sign,
            List<Utterance> reference,
            List<Utterance> candidate) {
        Utterance before = farthest(axis, -sign, reference);
        Utterance after = farthest(axis, sign, candidate);
        return List.of(
                new Example("reference", null, before.logId()),
                new Example("candidate", after.position(), after.logId()));
    }

    private static Utterance farthest(FeatureSpace.Axis axis, double sign, List<Utterance> of) {
        return Collections.max(
                of, Comparator.comparingDouble(one -> sign * axis.place(one.features())));
    }

    private static List<double[][]> placed(FeatureSpace space, List<List<Utterance>> strata) {
        return strata.stream().map(Utterance::features).map(space::place).toList();
    }

    private static List<Utterance> spoken(List<Utterance> outputs) {
        return outputs.stream().filter(one -> Features.wordCount(one.features()) >= 1).toList();
    }

    private static List<Utterance> shuffled(List<Utterance> outputs, long seed) {
        List<Utterance> shuffled = new ArrayList<>(outputs);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    private static List<Utterance> first(List<Utterance> outputs, int most) {
        return outputs.subList(0, Math.min(most, outputs.size()));
    }
}
