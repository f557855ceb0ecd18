package dev.acey.simulation.simulate;

import dev.acey.kit.job.JobRun;
import io.smallrye.mutiny.Uni;

/** Tells how far one run is: every phase goes over all cases. Not for two threads at once. */
final class Pace {

    private final JobRun run;
    private final int cases;
    private final int phases;
    private int phase;
    private int done;

    Pace(JobRun run, int cases, int phases) {
        this.run = run;
        this.cases = cases;
        this.phases = phases;
    }

    /** The next phase begins, with so many cases behind it. */
    Uni<Void> begin(int behind) {
        phase++;
        done = behind;
        return tell();
    }

    /** So many phases were gone through before. */
    Uni<Void> skip(int gone) {
        phase += gone;
        return tell();
    }

    /** So many more cases are behind it. */
    Uni<Void> did(int more) {
        done += more;
        return tell();
    }

    int done() {
        return done;
    }

    private Uni<Void> tell() {
        return run.progress((long) Math.max(0, phase - 1) * cases + done, (long) phases * cases);
    }
}
