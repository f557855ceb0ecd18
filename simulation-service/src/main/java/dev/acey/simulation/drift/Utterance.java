package dev.acey.simulation.drift;

import java.util.List;
import java.util.UUID;

/**
 * One output as the tests see it: not what it says, but how.
 *
 * @param position of its case in the simulation; of no meaning in a reference
 * @param logId null where the log entry has none
 * @param features as {@link Features#of} measures them
 */
record Utterance(int position, UUID logId, double[] features) {

    static List<double[]> features(List<Utterance> utterances) {
        return utterances.stream().map(Utterance::features).toList();
    }
}
