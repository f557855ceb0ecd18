package dev.acey.bench.simulation;

import dev.acey.simulation.drift.Drift;
import dev.acey.simulation.drift.ReferenceTest;
import dev.acey.simulation.drift.StyleReference;
import dev.acey.simulation.drift.StyleSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How often the test of the voice finds drift: where there is none, between two published models,
 * and where the tone of a part of the outputs was edited. Prints Markdown.
 *
 * <p>Arguments: two files of log entries in NDJSON, the same prompts in the same order answered by
 * two models; then, if not 100, the runs of each cell of the detection curve.
 */
public final class DriftTable {

    private static final int HALVES = 500;
    private static final int DEFAULT_RUNS = 100;
    private static final double FIVE_PERCENT = 0.05;
    private static final int[] SIZES = {60, 120, 240};
    private static final double[] SHARES = {0.1, 0.25, 0.5, 1};

    private final List<Spoken> baseline;
    private final List<Spoken> candidate;
    private final int runs;

    private DriftTable(List<Spoken> baseline, List<Spoken> candidate, int runs) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.runs = runs;
    }

    public static void main(String[] arguments) throws IOException {
        new DriftTable(
                        Spoken.read(Path.of(arguments[0])),
                        Spoken.read(Path.of(arguments[1])),
                        arguments.length > 2 ? Integer.parseInt(arguments[2]) : DEFAULT_RUNS)
                .print();
    }

    private void print() {
        halves();
        models();
        power();
        tones();
    }

    /** Two random halves of one model's outputs: other prompts, the same voice. */
    private void halves() {
        int falseAlarms = 0;
        int drifted = 0;
        for (int run = 0; run < HALVES; run++) {
            List<Integer> order = shuffled(new Random(run));
            int half = order.size() / 2;
            Drift drift =
                    unpaired(
                            order.subList(0, half),
                            order.subList(half, order.size()),
                            baseline,
                            run);
            falseAlarms += drift.pValue() <= FIVE_PERCENT ? 1 : 0;
            drifted += Boolean.TRUE.equals(drift.drifted()) ? 1 : 0;
        }
        System.out.println("**Nothing changed**\n");
        System.out.println("| | runs | p ≤ 0.05 | called drift |\n|---|---|---|---|");
        System.out.printf(
                "| random halves of the first model's outputs, other prompts | %d | %s | %s |%n",
                HALVES, percent(falseAlarms, HALVES), percent(drifted, HALVES));
        int swapped = 0;
        int swappedDrift = 0;
        for (int run = 0; run < HALVES; run++) {
            Drift drift = mixed(new Random(run), 120, 0, ToneEdit.ALL.get(0));
            swapped += drift.pValue() <= FIVE_PERCENT ? 1 : 0;
            swappedDrift += Boolean.TRUE.equals(drift.drifted()) ? 1 : 0;
        }
        System.out.printf(
                "| 120 prompts, both sides a random mix of the two models | %d | %s | %s |%n%n",
                HALVES, percent(swapped, HALVES), percent(swappedDrift, HALVES));
    }

    private void models() {
        long begun = System.nanoTime();
        StyleSample sample = new StyleSample(0);
        IntStream.range(0, baseline.size())
                .forEach(
                        i ->
                                sample.add(
                                        i,
                                        null,
                                        baseline.get(i).speech(),
                                        candidate.get(i).speech()));
        Drift drift = sample.test(() -> false);
        System.out.println("**The two models, on the same prompts**\n");
        System.out.printf(
                "p %.3f, effect size H %.4f, %s; %d ms with counting the features.%n%n%s%n%n",
                drift.pValue(),
                drift.score(),
                drift.drifted() ? "drifted" : "not drifted",
                (System.nanoTime() - begun) / 1_000_000,
                drift.method());
        System.out.println("| feature | first | second | shift, SD |\n|---|---|---|---|");
        drift.features()
                .forEach(
                        feature ->
                                System.out.printf(
                                        "| %s | %.3f | %.3f | %+.2f |%n",
                                        feature.name(),
                                        feature.baseline(),
                                        feature.candidate(),
                                        feature.shift()));
        System.out.println();
    }

    /** How often fewer outputs of the two models are enough to tell them apart. */
    private void power() {
        System.out.println("**The two models, on fewer outputs: p ≤ 0.05**\n");
        System.out.println("| outputs a side | the same prompts | other prompts |\n|---|---|---|");
        for (int size : new int[] {40, 60, 120}) {
            int paired = 0;
            int unpaired = 0;
            for (int run = 0; run < runs; run++) {
                List<Integer> order = shuffled(new Random(run));
                paired += paired(order.subList(0, size), run).pValue() <= FIVE_PERCENT ? 1 : 0;
                unpaired +=
                        unpaired(
                                                        order.subList(0, size),
                                                        order.subList(size, 2 * size),
                                                        candidate,
                                                        run)
                                                .pValue()
                                        <= FIVE_PERCENT
                                ? 1
                                : 0;
            }
            System.out.printf(
                    "| %d | %s | %s |%n", size, percent(paired, runs), percent(unpaired, runs));
        }
        System.out.println();
    }

    /** Both sides a mix of the two models, so that nothing differs but what was edited. */
    private void tones() {
        System.out.println("**The tone of a part of the outputs edited: called drift**\n");
        System.out.println(
                "| edit | outputs | "
                        + IntStream.range(0, SHARES.length)
                                .mapToObj(i -> Math.round(100 * SHARES[i]) + " % edited")
                                .collect(Collectors.joining(" | "))
                        + " |");
        System.out.println("|---|---|" + "---|".repeat(SHARES.length));
        for (ToneEdit edit : ToneEdit.ALL) {
            for (int size : SIZES) {
                StringBuilder row = new StringBuilder("| " + edit.title() + " | " + size + " |");
                for (double share : SHARES) {
                    int found = 0;
                    for (int run = 0; run < runs; run++) {
                        Drift drift = mixed(new Random(run), size, share, edit);
                        found += Boolean.TRUE.equals(drift.drifted()) ? 1 : 0;
                    }
                    row.append(' ').append(percent(found, runs)).append(" |");
                }
                System.out.println(row);
            }
        }
    }

    private Drift mixed(Random random, int size, double share, ToneEdit edit) {
        List<Integer> order = shuffled(random).subList(0, size);
        StyleSample sample = new StyleSample(random.nextLong());
        for (int i = 0; i < size; i++) {
            boolean swap = random.nextBoolean();
            String one = baseline.get(order.get(i)).speech();
            String other = candidate.get(order.get(i)).speech();
            String after = swap ? one : other;
            sample.add(i, null, swap ? other : one, i < share * size ? edit.apply(after) : after);
        }
        return sample.test(() -> false);
    }

    private Drift paired(List<Integer> prompts, long seed) {
        StyleSample sample = new StyleSample(seed);
        for (int i : prompts) {
            sample.add(i, null, baseline.get(i).speech(), candidate.get(i).speech());
        }
        return sample.test(() -> false);
    }

    /** The first model on some prompts against outputs to others, within their tasks. */
    private Drift unpaired(
            List<Integer> first, List<Integer> second, List<Spoken> outputs, long seed) {
        Map<String, StyleReference.Collector> references = new TreeMap<>();
        Map<String, StyleSample> samples = new TreeMap<>();
        for (int i : first) {
            references
                    .computeIfAbsent(
                            baseline.get(i).taskType(), t -> new StyleReference.Collector(seed))
                    .add(null, baseline.get(i).speech());
        }
        for (int i : second) {
            String speech = outputs.get(i).speech();
            samples.computeIfAbsent(outputs.get(i).taskType(), t -> new StyleSample(seed))
                    .add(i, null, speech, speech);
        }
        List<ReferenceTest.Task> tasks = new ArrayList<>();
        references.forEach(
                (task, reference) ->
                        tasks.add(
                                new ReferenceTest.Task(
                                        reference.reference(),
                                        samples.getOrDefault(task, new StyleSample(seed)))));
        return ReferenceTest.of(tasks, seed, () -> false);
    }

    private List<Integer> shuffled(Random random) {
        List<Integer> order =
                IntStream.range(0, baseline.size()).boxed().collect(Collectors.toList());
        Collections.shuffle(order, random);
        return order;
    }

    private static String percent(int count, int of) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * count / of);
    }
}
