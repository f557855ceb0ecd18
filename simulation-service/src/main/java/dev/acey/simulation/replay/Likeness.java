package dev.acey.simulation.replay;

import dev.acey.simulation.output.AceyOutput;
import dev.acey.simulation.output.IntentMatch;
import dev.acey.simulation.output.TextSimilarity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * How alike the two outputs of a case are.
 *
 * @param similarity of what they say, 0 to 1
 * @param baselineIntents how many the baseline proposed
 * @param candidateIntents how many the candidate proposed
 * @param sameIntents how many of them propose the same
 * @param baselineConfidence mean over the baseline's intents; null where none has one
 * @param candidateConfidence mean over the candidate's intents; null where none has one
 */
@RegisterForReflection
public record Likeness(
        double similarity,
        int baselineIntents,
        int candidateIntents,
        int sameIntents,
        Double baselineConfidence,
        Double candidateConfidence) {

    static Likeness of(AceyOutput baseline, AceyOutput candidate) {
        IntentMatch match = IntentMatch.of(baseline.intents(), candidate.intents());
        List<IntentMatch.Pair> same =
                match.pairs().stream().filter(IntentMatch.Pair::sameProposal).toList();
        return new Likeness(
                TextSimilarity.of(baseline.speech(), candidate.speech()),
                match.pairs().size() + match.onlyA().size(),
                match.pairs().size() + match.onlyB().size(),
                same.size(),
                baseline.confidence(),
                candidate.confidence());
    }
}
