package dev.acey.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The whole system as a person starts it: the launcher's jar, on ports and data of its own. */
final class RunningSystem implements AutoCloseable {

    record Answer(int status, JsonNode body) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Settings settings;
    private final Path output;
    private Process launcher;

    RunningSystem(Path data) {
        this.settings = new Settings(Path.of(".."), data, FreePorts.offset());
        this.output = data.resolveSibling(data.getFileName() + "-launcher.out");
    }

    RunningSystem start() {
        try {
            ProcessBuilder up =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Dacey.root=" + settings.root(),
                                    "-jar",
                                    "target/launcher.jar",
                                    "up",
                                    "--data",
                                    settings.data().toString(),
                                    "--port-offset",
                                    String.valueOf(settings.portOffset()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            up.environment().put("ACEY_AUDIT_ANCHOR_EVERY", "1s");
            launcher = up.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("a system that is up")
                .atMost(START_LIMIT)
                .failFast("the launcher ended", () -> !launcher.isAlive())
                .ignoreExceptions()
                .until(() -> get("/health").status() == 200);
        return this;
    }

    /** The command with the ports this system listens on. */
    String here(String command) {
        return command.replace("localhost:8080", "localhost:" + settings.port(Service.GATEWAY))
                .replace("localhost:3001", "localhost:" + settings.managementPort());
    }

    /** Runs one curl command in bash, just as a person would. */
    Answer curl(String command) {
        try {
            Process bash =
                    new ProcessBuilder(
                                    "bash",
                                    "-c",
                                    "curl() { command curl -sS -w '\\n%{http_code}' \"$@\"; }\n"
                                            + here(command))
                            .redirectErrorStream(true)
                            .start();
            String printed = new String(bash.getInputStream().readAllBytes(), UTF_8);
            int lastLine = printed.lastIndexOf('\n');
            return new Answer(
                    Integer.parseInt(printed.substring(lastLine + 1).strip()),
                    JSON.readTree(printed.substring(0, Math.max(0, lastLine))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer get(String path) {
        return send(request(path).GET().build());
    }

    Answer post(String path, String mediaType, String body) {
        return send(
                request(path)
                        .header("Content-Type", mediaType)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    /** What one service, or the launcher itself, is stopped by when the power goes. */
    void kill(Service service) {
        processes(service.jar(settings.root()).toString()).forEach(ProcessHandle::destroyForcibly);
    }

    void killLauncher() {
        launcher.destroyForcibly();
        await("the launcher's death").until(() -> !launcher.isAlive());
    }

    private List<ProcessHandle> processes(String inCommand) {
        List<ProcessHandle> found = new ArrayList<>();
        launcher.descendants()
                .filter(p -> p.info().commandLine().orElse("").contains(inCommand))
                .forEach(found::add);
        return found;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(here("http://localhost:8080") + path))
                .timeout(Duration.ofSeconds(70));
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> answer =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Everything the launcher printed, for a failing test's message. */
    String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (launcher == null || !launcher.isAlive()) {
            return;
        }
        launcher.destroy();
        try {
            if (!launcher.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the launcher does not stop:\n" + printed());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
