package dev.acey.bench.guard;

import dev.acey.rollout.guard.GuardedStage;
import dev.acey.rollout.guard.count.TickCounts;

/** The calls of one rollout, tick by tick. */
interface Traffic {

    /** Calls of both arms in a tick. */
    int CALLS = 60;

    TickCounts next(GuardedStage stage, int tick);

    /** How the rates of both arms come about. */
    interface Weather {

        Rates baseline(int stage, int tick);

        Rates candidate(int stage, int tick);
    }
}
