package dev.acey.kit.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {

    @TempDir Path directory;
    private RuleFiles files;

    @BeforeEach
    void open() {
        files = files(directory.resolve("rules"));
    }

    @Test
    void whatWasKeptLastIsReadAgain() {
        files.keep(name(1), "{\"ü\": \"♠\"}");
        files.activate(new Activation(name(1), Instant.EPOCH, 1));
        files.activate(new Activation(name(2), Instant.EPOCH, 2));
        RuleFiles later = files(directory.resolve("rules"));
        assertEquals(Optional.of("{\"ü\": \"♠\"}"), later.set(name(1)));
        assertEquals(Optional.of(new Activation(name(2), Instant.EPOCH, 2)), later.active());
        assertTrue(later.set(name(3)).isEmpty());
    }

    @Test
    void theActiveSetOutlivesAllThatAreKeptAfterIt() throws IOException {
        files.activate(new Activation(name(0), Instant.EPOCH, 1));
        for (int i = 0; i < RuleFiles.MOST_SETS + 20; i++) {
            files.keep(name(i), "set " + i);
        }
        assertEquals(Optional.of("set 0"), files.set(name(0)));
        assertEquals(RuleFiles.MOST_SETS + 2, count(directory.resolve("rules")));
    }

    @Test
    void aNameThatCannotBeReadIsLeftAside() throws IOException {
        files.activate(new Activation(name(0), Instant.EPOCH, 1));
        Files.writeString(directory.resolve("rules").resolve("active.json"), "{\"hash\": \"");
        assertTrue(files.active().isEmpty());
    }

    @Test
    void aPlaceThatCannotBeWrittenStopsNothing() throws IOException {
        Files.writeString(directory.resolve("a-file"), "where the directory should be");
        RuleFiles nowhere = files(directory.resolve("a-file"));
        nowhere.keep(name(0), "lost");
        nowhere.activate(new Activation(name(0), Instant.EPOCH, 1));
        assertTrue(nowhere.set(name(0)).isEmpty());
        assertTrue(nowhere.active().isEmpty());
    }

    private static RuleFiles files(Path directory) {
        return new RuleFiles(directory, new ObjectMapper().registerModule(new JavaTimeModule()));
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.count();
        }
    }

    private static String name(int number) {
        return "sha256:%064x".formatted(number);
    }
}
