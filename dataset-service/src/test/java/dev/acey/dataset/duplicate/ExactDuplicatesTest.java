package dev.acey.dataset.duplicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactDuplicatesTest {

    @TempDir Path directory;

    @Test
    void itAgreesWithASetInMemory() {
        Random random = new Random(7);
        Set<ByteBuffer> expected = new HashSet<>();
        try (ExactDuplicates duplicates = new ExactDuplicates(directory.resolve("seen.mv"))) {
            for (int i = 0; i < 200_000; i++) {
                byte[] key = new byte[16];
                ByteBuffer.wrap(key).putLong(8, random.nextInt(150_000) * 0x9e3779b97f4a7c15L);

                assertEquals(expected.contains(ByteBuffer.wrap(key)), duplicates.has("game", key));
                if (expected.add(ByteBuffer.wrap(key))) {
                    duplicates.add("game", key);
                }
            }
        }
    }

    @Test
    void tasksDoNotShareTheirKeys() {
        byte[] key = new byte[16];
        try (ExactDuplicates duplicates = new ExactDuplicates(directory.resolve("seen.mv"))) {
            duplicates.add("game", key);

            assertTrue(duplicates.has("game", key));
            assertFalse(duplicates.has("audio", key));
        }
    }
}
