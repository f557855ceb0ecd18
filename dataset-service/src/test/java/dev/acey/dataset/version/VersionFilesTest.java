package dev.acey.dataset.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionFilesTest {

    private static final UUID JOB = UUID.fromString("01a20488-d79b-760f-bcbf-01d28d5931ad");

    @TempDir Path data;
    private VersionFiles files;

    @BeforeEach
    void open() {
        files = new VersionFiles(data);
    }

    @Test
    void aVersionAppearsWithItsManifestAndLeavesTheWorkspace() throws IOException {
        Path finished = finished("examples");

        assertTrue(place(finished, "one"));

        Path version = data.resolve("datasets/game-dataset/v000003");
        assertEquals("examples", Files.readString(version.resolve("game-dataset.jsonl")));
        assertEquals("one", Files.readString(version.resolve("manifest.json")));
        assertTrue(Files.notExists(finished));
    }

    @Test
    void whatAVersionHoldsIsNeverReplaced() throws IOException {
        place(finished("first"), "one");

        assertFalse(place(finished("second"), "two"));

        assertEquals("first", examples());
    }

    @Test
    void theSameVersionLeftByADeadAttemptIsTakenOver() throws IOException {
        place(finished("first"), "one");

        assertTrue(place(finished("first"), "one"));
    }

    @Test
    void halfOfADeletedVersionIsNotTakenForOne() throws IOException {
        place(finished("first"), "one");
        Files.delete(data.resolve("datasets/game-dataset/v000003/manifest.json"));

        assertFalse(place(finished("first"), "one"));
    }

    @Test
    void aWorkspaceSaysWhoseItIs() throws IOException {
        Path workspace = files.workspace(JOB);
        files.workspace(JOB);

        assertEquals(JOB, VersionFiles.jobOf(workspace));
        assertEquals(2, files.workspaces().size());
    }

    @Test
    void removingWhatIsGoneIsNoError() throws IOException {
        place(finished("first"), "one");

        files.remove("game", 3);
        files.remove("game", 3);

        assertTrue(Files.notExists(data.resolve("datasets/game-dataset/v000003")));
    }

    private boolean place(Path finished, String manifest) throws IOException {
        return files.place(finished, "game", 3, manifest.getBytes(UTF_8), new byte[0]);
    }

    private Path finished(String examples) throws IOException {
        Path finished = Files.createDirectory(files.workspace(JOB).resolve("game"));
        Files.writeString(finished.resolve("game-dataset.jsonl"), examples);
        return finished;
    }

    private String examples() throws IOException {
        return Files.readString(data.resolve("datasets/game-dataset/v000003/game-dataset.jsonl"));
    }
}
