package dev.acey.simulation.drift;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A pinned sample of a task's outputs, to hold later models against. It keeps each output's
 * features and log id and no text, so that it need not change when a person's calls are erased.
 *
 * @param version of the features; a reference of another version cannot be compared
 */
@RegisterForReflection
public record StyleReference(int version, List<Output> outputs) {

    /**
     * One output of the reference.
     *
     * @param logId null where the entry had none
     */
    @RegisterForReflection
    public record Output(UUID logId, List<Double> features) {

        Utterance utterance() {
            double[] values = features.stream().mapToDouble(Double::doubleValue).toArray();
            return new Utterance(0, logId, values);
        }
    }

    public StyleReference {
        outputs = List.copyOf(outputs);
    }

    /** Whether it was measured as outputs are measured now. */
    boolean isCurrent() {
        return version == Features.VERSION
                && outputs.stream().allMatch(o -> o.features().size() == Features.NAMES.size());
    }

    List<Utterance> utterances() {
        return outputs.stream().map(Output::utterance).toList();
    }

    /** Collects a reference; of many outputs it keeps a random sample. For one thread. */
    public static final class Collector {

        private final Random sampling;
        private final List<Output> outputs = new ArrayList<>();
        private int seen;

        public Collector(long seed) {
            this.sampling = new Random(seed);
        }

        /** Adds what was said; nothing where there is not a single word. */
        public void add(UUID logId, String speech) {
            double[] features = Features.of(speech);
            if (Features.wordCount(features) < 1) {
                return;
            }
            seen++;
            Output output = new Output(logId, Arrays.stream(features).boxed().toList());
            if (outputs.size() < Drift.MOST_OUTPUTS) {
                outputs.add(output);
                return;
            }
            int place = sampling.nextInt(seen);
            if (place < Drift.MOST_OUTPUTS) {
                outputs.set(place, output);
            }
        }

        public StyleReference reference() {
            return new StyleReference(Features.VERSION, outputs);
        }
    }
}
