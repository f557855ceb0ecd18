package dev.acey.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.launcher.RunningSystem.Answer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged survives whatever is killed, and the system comes back by itself. */
class CrashIT {

    private static final int POSTS = 400;

    @TempDir Path folder;

    @Test
    void everyAcknowledgedEntryIsThereAfterLogServiceAndThenTheLauncherWereKilled() {
        try (RunningSystem system = new RunningSystem(folder.resolve("data")).start()) {
            List<String> acknowledged = postWhileLogServiceIsKilled(system);
            assertTrue(acknowledged.size() > POSTS / 4, "acknowledged " + acknowledged.size());
            system.killLauncher();
            system.start();
            Set<String> stored = storedIds(system);
            List<String> missing = new ArrayList<>(acknowledged);
            missing.removeAll(stored);
            assertEquals(List.of(), missing);
            assertEquals(new HashSet<>(acknowledged).size(), acknowledged.size());
        }
    }

    private static List<String> postWhileLogServiceIsKilled(RunningSystem system) {
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < POSTS; i++) {
            if (i == POSTS / 2) {
                system.kill(Service.LOG);
            }
            try {
                Answer answer = system.post("/api/log", "application/json", entry(i));
                if (answer.status() == 201) {
                    acknowledged.add(answer.body().path("id").asText());
                }
            } catch (UncheckedIOException e) {
                assertTrue(i >= POSTS / 2, "nothing failed before the kill: " + e);
            }
        }
        await("log-service's return")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> system.get("/health").status() == 200);
        return acknowledged;
    }

    private static Set<String> storedIds(RunningSystem system) {
        Set<String> ids = new HashSet<>();
        Answer page = system.get("/api/logs?limit=1000");
        page.body().path("logs").forEach(log -> ids.add(log.path("id").asText()));
        return ids;
    }

    private static String entry(int i) {
        return """
        {"taskType": "game", "llmPrompt": "prompt %d", "aceyOutput": {"speech": "hi", "intents": []}}
        """
                .formatted(i);
    }
}
