package dev.acey.kit.file;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFileTest {

    @TempDir Path directory;

    record Thing(String name) {}

    @Test
    void whatWasKeptLastIsReadAgain() throws IOException {
        KeptFile<Thing> kept = kept();
        kept.write(new Thing("first"));
        kept.write(new Thing("second"));
        assertEquals(Optional.of(new Thing("second")), kept().read());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void ofManyKeptInARowTheLastStays() {
        KeptFile<Thing> kept = kept();
        Thing last = null;
        for (int i = 0; i < 500; i++) {
            last = new Thing("thing " + i);
            kept.keep(last);
        }
        Optional<Thing> expected = Optional.of(last);
        await().untilAsserted(() -> assertEquals(expected, kept().read()));
    }

    @Test
    void aFileThatIsMissingOrDamagedIsLeftAside() throws IOException {
        assertTrue(kept().read().isEmpty());
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"name\": ");
        assertTrue(kept().read().isEmpty());
        Files.writeString(file(), "");
        assertTrue(kept().read().isEmpty());
    }

    @Test
    void aPlaceThatCannotBeWrittenStopsNothing() throws IOException {
        Files.writeString(file().getParent(), "a file where the directory should be");
        kept().write(new Thing("lost"));
        assertTrue(kept().read().isEmpty());
    }

    private KeptFile<Thing> kept() {
        return new KeptFile<>(file(), Thing.class, new ObjectMapper());
    }

    private Path file() {
        return directory.resolve("below").resolve("thing.json");
    }
}
