package dev.acey.rollout.staged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.kit.task.Risk;
import dev.acey.rollout.plan.Plan;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RolloutTest {

    enum Move {
        ON,
        PAUSE,
        RESUME,
        STORE
    }

    @Property
    void theTrafficOnlyGrowsUntilTheEnd(@ForAll Risk risk, @ForAll List<Move> moves) {
        Rollout rollout = Rollout.start(Plan.of(risk));
        int traffic = -1;
        for (Move move : moves) {
            rollout = moved(rollout, move);
            if (!(rollout instanceof Rollout.Active)) {
                assertTrue(rollout.traffic().isEmpty());
                return;
            }
            int now = rollout.traffic().orElse(-1);
            assertTrue(now == traffic || now == traffic + 1 || traffic == -1, rollout.toString());
            traffic = now;
        }
    }

    private static Rollout moved(Rollout rollout, Move move) {
        if (move == Move.ON && rollout instanceof Rollout.Running running) {
            return running.advance();
        } else if (move == Move.ON && rollout instanceof Rollout.WaitingForApproval waiting) {
            return waiting.approve();
        } else if (move == Move.PAUSE && rollout instanceof Rollout.Unpaused unpaused) {
            return unpaused.pause();
        } else if (move == Move.RESUME && rollout instanceof Rollout.Paused paused) {
            return paused.resume();
        } else if (move == Move.STORE) {
            return stored(rollout);
        }
        return rollout;
    }

    /** As a row keeps it. */
    private static Rollout stored(Rollout rollout) {
        RolloutState was =
                rollout instanceof Rollout.Paused paused ? RolloutState.of(paused.was()) : null;
        Rollout read = RolloutState.of(rollout).at(rollout.plan(), rollout.stage(), was);
        assertEquals(rollout, read);
        return read;
    }

    @Example
    void aPersonIsAskedBeforeTheStagesThatSaySo() {
        Rollout rollout = Rollout.start(Plan.of(Risk.HIGH));
        StringBuilder way = new StringBuilder();
        while (rollout instanceof Rollout.Active) {
            way.append(rollout.stage());
            if (rollout instanceof Rollout.WaitingForApproval waiting) {
                way.append('?');
                rollout = waiting.approve();
            } else if (rollout instanceof Rollout.Running running) {
                way.append(' ');
                rollout = running.advance();
            }
        }
        assertEquals("0 1?1 2 3 4?4 5 ", way.toString());
        assertEquals(RolloutState.PROMOTED, RolloutState.of(rollout));
    }
}
