package dev.acey.kit.key;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyReferencesTest {

    @TempDir Path directory;

    private KeyReferences keys;

    @BeforeEach
    void aKeyDirectoryAndAnEnvironment() throws IOException {
        Files.writeString(directory.resolve("there"), "secret");
        Files.createDirectory(directory.resolve("folder"));
        keys = new KeyReferences(directory, Map.of("ACEY_KEY_A", "secret", "ACEY_KEY_B", " "));
    }

    @Test
    void aKeyIsPresentWhereItsReferenceLeads() {
        assertEquals(true, present("ACEY_KEY_A"));
        assertEquals(true, present("file:there"));
    }

    @Test
    void aBlankOrMissingKeyIsNotPresent() {
        assertEquals(false, present("ACEY_KEY_B"));
        assertEquals(false, present("ACEY_KEY_C"));
        assertEquals(false, present("file:missing"));
        assertEquals(false, present("file:folder"));
    }

    @Test
    void whereNoKeyIsNamedThereIsNothingToSay() {
        assertEquals(null, present(null));
    }

    private Boolean present(String reference) {
        return keys.present(reference).await().indefinitely();
    }
}
