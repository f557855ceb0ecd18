package dev.acey.simulation.verdict;

import dev.acey.simulation.output.AceyOutput;
import dev.acey.simulation.output.IntentMatch;
import dev.acey.simulation.verdict.ModelComparison.Intents;

/** Counts what the candidate proposes of what approved answers hold. */
final class IntentCount {

    private int answers;
    private long approved;
    private long proposed;
    private long same;

    void add(AceyOutput approvedAnswer, AceyOutput candidate) {
        IntentMatch match = IntentMatch.of(approvedAnswer.intents(), candidate.intents());
        answers++;
        approved += match.pairs().size() + match.onlyA().size();
        proposed += match.pairs().size() + match.onlyB().size();
        same += match.pairs().stream().filter(IntentMatch.Pair::sameProposal).count();
    }

    Intents summary() {
        return new Intents(
                share(same, proposed), share(same, approved), answers, approved, proposed);
    }

    private static Double share(long part, long whole) {
        return whole == 0 ? null : Double.valueOf((double) part / whole);
    }
}
