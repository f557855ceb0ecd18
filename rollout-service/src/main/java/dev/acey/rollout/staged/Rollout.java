package dev.acey.rollout.staged;

import dev.acey.rollout.plan.Plan;
import java.util.OptionalInt;

/**
 * Where a rollout stands. Each state has only the steps it allows, so that any other does not
 * compile.
 */
public sealed interface Rollout
        permits Rollout.Active, Rollout.Next, Rollout.RolledBack, Rollout.Cancelled {

    Plan plan();

    /** The stage it is in, or waits to be let into, counted from 0; the last one once it ended. */
    int stage();

    /** The stage whose share of the traffic the candidate has; empty where it has none. */
    OptionalInt traffic();

    /** A new rollout: in its first stage, or waiting to be let into it. */
    static Unpaused start(Plan plan) {
        return entering(plan, 0);
    }

    private static Unpaused entering(Plan plan, int stage) {
        return plan.at(stage).approval()
                ? new WaitingForApproval(plan, stage)
                : new Running(plan, stage);
    }

    /** Not ended. */
    sealed interface Active extends Rollout permits Unpaused, Paused {

        /** The candidate did harm, or somebody thinks so. */
        default RolledBack rollBack() {
            return new RolledBack(plan(), stage());
        }

        /** Given up; nothing is said of the candidate. */
        default Cancelled cancel() {
            return new Cancelled(plan(), stage());
        }
    }

    /** What a pause can stop. */
    sealed interface Unpaused extends Active permits WaitingForApproval, Running {

        /** Nothing goes on by itself until a person resumes it; the traffic stays as it is. */
        default Paused pause() {
            return new Paused(this);
        }
    }

    /** What running leads to when a stage is done. */
    sealed interface Next extends Rollout permits WaitingForApproval, Running, Promoted {}

    /**
     * A person must let it into the stage; the traffic stays as in the stage before.
     *
     * @param stage the one to be let into
     */
    record WaitingForApproval(Plan plan, int stage) implements Unpaused, Next {

        public Running approve() {
            return new Running(plan, stage);
        }

        @Override
        public OptionalInt traffic() {
            return stage == 0 ? OptionalInt.empty() : OptionalInt.of(stage - 1);
        }
    }

    /** In a stage. */
    record Running(Plan plan, int stage) implements Unpaused, Next {

        /** The stage is done. */
        public Next advance() {
            return plan.isLast(stage) ? promote() : (Next) entering(plan, stage + 1);
        }

        /** The candidate serves from now on, whatever is left of the plan. */
        public Promoted promote() {
            return new Promoted(plan, stage);
        }

        @Override
        public OptionalInt traffic() {
            return OptionalInt.of(stage);
        }
    }

    /**
     * Stopped until a person resumes it.
     *
     * @param was what it is again then
     */
    record Paused(Unpaused was) implements Active {

        public Unpaused resume() {
            return was;
        }

        @Override
        public Plan plan() {
            return was.plan();
        }

        @Override
        public int stage() {
            return was.stage();
        }

        @Override
        public OptionalInt traffic() {
            return was.traffic();
        }
    }

    /** The candidate is the baseline. */
    record Promoted(Plan plan, int stage) implements Next {
        @Override
        public OptionalInt traffic() {
            return OptionalInt.empty();
        }
    }

    /** The baseline serves every key again. */
    record RolledBack(Plan plan, int stage) implements Rollout {
        @Override
        public OptionalInt traffic() {
            return OptionalInt.empty();
        }
    }

    /** The baseline serves every key again. */
    record Cancelled(Plan plan, int stage) implements Rollout {
        @Override
        public OptionalInt traffic() {
            return OptionalInt.empty();
        }
    }
}
