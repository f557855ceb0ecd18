package dev.acey.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {

    @TempDir Path folder;

    @Test
    void whatAnInterruptedRunUnpackedIsNotTrusted() throws Exception {
        Path half = folder.resolve("unpacking/bin/postgres");
        Files.createDirectories(half.getParent());
        Files.writeString(half, "half of it");

        Path unpacked = Binaries.unpacked(folder);

        assertFalse(Files.exists(folder.resolve("unpacking")));
        assertTrue(version(unpacked).startsWith("postgres (PostgreSQL) 18."), version(unpacked));
        assertEquals(unpacked, Binaries.unpacked(folder));
    }

    private static String version(Path unpacked) throws IOException {
        Process process =
                new ProcessBuilder(unpacked.resolve("bin/postgres").toString(), "--version")
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }
}
