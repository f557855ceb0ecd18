package dev.acey.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

    @TempDir Path folder;

    @Test
    void whoHoldsALogOpenGoesOnWritingAtItsNewBeginning() throws IOException {
        Path log = folder.resolve("a.log");
        try (OutputStream out =
                Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write("before".getBytes(UTF_8));
            LogFiles.rotate(folder, 3);
            out.write("after".getBytes(UTF_8));
        }
        assertEquals("after", Files.readString(log));
        assertEquals("before", Files.readString(folder.resolve("a.log.1")));
    }

    @Test
    void threeCopiesAreKeptTheNewestFirst() throws IOException {
        for (int number = 1; number <= 5; number++) {
            Files.writeString(folder.resolve("a.log"), "number " + number);
            LogFiles.rotate(folder, 3);
        }
        assertEquals("number 5", Files.readString(folder.resolve("a.log.1")));
        assertEquals("number 3", Files.readString(folder.resolve("a.log.3")));
        assertFalse(Files.exists(folder.resolve("a.log.4")));
    }

    @Test
    void aLogWithinItsLimitIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("a.log"), "abc");
        LogFiles.rotate(folder, 3);
        assertEquals("abc", Files.readString(folder.resolve("a.log")));
        assertFalse(Files.exists(folder.resolve("a.log.1")));
    }

    @Test
    void theLastLineWithAWordIsFoundEvenInBytesThatAreNoText() throws IOException {
        Path log = folder.resolve("a.log");
        Files.write(log, "x\nERROR one\n\u00ff\nERROR two \nend".getBytes(ISO_8859_1));
        assertEquals(
                Optional.of("ERROR two"), LogFiles.lastLineWith(log, List.of("FATAL", "ERROR")));
        assertEquals(Optional.empty(), LogFiles.lastLineWith(log, List.of("WARN")));
        assertEquals(
                Optional.empty(),
                LogFiles.lastLineWith(folder.resolve("none.log"), List.of("ERROR")));
    }
}
