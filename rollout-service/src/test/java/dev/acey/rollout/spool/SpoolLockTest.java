package dev.acey.rollout.spool;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolLockTest {

    @Test
    void aSecondProcessInTheSameDirectoryIsToldWhichPropertyToChange(@TempDir Path directory)
            throws IOException {
        FileChannel first = SpoolLock.take(directory);
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> SpoolLock.take(directory));
        assertTrue(refused.getMessage().contains("acey.data.dir"));
        first.close();
        SpoolLock.take(directory).close();
    }
}
