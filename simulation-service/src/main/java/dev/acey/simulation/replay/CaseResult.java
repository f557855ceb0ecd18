package dev.acey.simulation.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What came of one case.
 *
 * @param consistency of the recorded verdict with its replay
 * @param recordedHash hash of the recorded verdict; null where none can be checked
 * @param replayedHash hash of the verdict reached now; null where none can be checked
 * @param baseline the verdict on the logged output; null where there is none or nothing is judged
 * @param candidate the verdict on the candidate's output; null likewise
 * @param likeness null unless there are both outputs
 * @param nothing whether there was no output at all: the call failed or gave nothing
 */
@RegisterForReflection
public record CaseResult(
        Consistency consistency,
        String recordedHash,
        String replayedHash,
        Judgement baseline,
        Judgement candidate,
        Likeness likeness,
        boolean nothing) {

    /** Whether there are two decisions to compare. */
    @JsonIgnore
    public boolean paired() {
        return baseline != null && candidate != null;
    }

    /** Whether a user would have met another decision with the candidate. */
    @JsonIgnore
    public boolean flipped() {
        return paired() && !baseline.decision().equals(candidate.decision());
    }
}
