package dev.acey.log.store;

import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import java.util.UUID;

/** How an erased entry is spoken of. */
public final class Erased {

    private Erased() {}

    /** 410: there was such an entry, and there will not be one again. */
    public static ProblemException gone(UUID id) {
        return new ProblemException(Problem.of(410, "The log entry " + id + " was erased."));
    }
}
