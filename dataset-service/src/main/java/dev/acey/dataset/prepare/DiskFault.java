package dev.acey.dataset.prepare;

import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** A disk that is full or cannot be written: not a defect, and for an operator to mend. */
final class DiskFault {

    private static final String FULL = "No space left on device";

    private DiskFault() {}

    static boolean is(Throwable failure) {
        return reasonOf(failure) != null;
    }

    /** 507, with the operating system's reason and without paths. */
    static ProblemException problem(Throwable failure) {
        return new ProblemException(
                Problem.of(
                        507, "The directory of datasets cannot be written: " + reasonOf(failure)));
    }

    private static String reasonOf(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof IOException && String.valueOf(t.getMessage()).contains(FULL)) {
                return FULL;
            }
            if (t instanceof FileSystemException file) {
                return file.getReason() == null
                        ? file.getClass().getSimpleName()
                        : file.getReason();
            }
        }
        return null;
    }
}
