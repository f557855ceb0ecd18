package dev.acey.dataset.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.kit.problem.ProblemException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class DiskFaultTest {

    @Test
    void aFullDiskIsToldAsWhatItIs() {
        Throwable failure = new IllegalStateException(new IOException("No space left on device"));

        ProblemException problem = DiskFault.problem(failure);

        assertTrue(DiskFault.is(failure));
        assertEquals(507, problem.status());
        assertTrue(problem.problem().detail().endsWith("No space left on device"));
    }

    @Test
    void noPathIsTold() {
        assertTrue(
                DiskFault.problem(new FileSystemException("/secret", null, "Read-only file system"))
                        .problem()
                        .detail()
                        .endsWith(": Read-only file system"));
        assertTrue(
                DiskFault.problem(new AccessDeniedException("/secret"))
                        .problem()
                        .detail()
                        .endsWith(": AccessDeniedException"));
    }

    @Test
    void otherFaultsAreNotTheDisks() {
        assertFalse(DiskFault.is(new ConnectException("refused")));
        assertFalse(DiskFault.is(new IOException("a page of entries must be a JSON object")));
    }
}
