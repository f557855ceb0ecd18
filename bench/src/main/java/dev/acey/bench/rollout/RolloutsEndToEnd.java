package dev.acey.bench.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.bench.system.AceySystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Three rollouts in a system of real processes, with stages of seconds: a good candidate of a
 * low-risk task is promoted by itself; one that turns bad at 50 % is rolled back, and it is said
 * for how long and to how many users it did harm; one of a medium-risk task waits for a person. The
 * evidence of each is saved for {@code ./acey verify-evidence}.
 */
public final class RolloutsEndToEnd {

    private static final int CONNECTIONS = Integer.getInteger("acey.bench.connections", 12);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int HALF = 2;

    private final Stage stage;
    private final URI gateway;
    private final URI rollouts;
    private final Path folder;

    private RolloutsEndToEnd(AceySystem system, Path folder) {
        this.stage = new Stage(system);
        this.gateway = system.gateway("/");
        this.rollouts = system.service("rollout", "/");
        this.folder = folder;
    }

    /**
     * Run from the repository's root.
     *
     * @param arguments the folder for the evidence; bench/target/evidence unless said
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "bench/target/evidence");
        Files.createDirectories(folder);
        try (AceySystem system = AceySystem.startWithStub(Stage.QUICK)) {
            RolloutsEndToEnd run = new RolloutsEndToEnd(system, folder);
            run.stage.setUp();
            run.good();
            run.waiting();
            run.bad();
        }
    }

    private void good() throws IOException, InterruptedException {
        stage.task("e2e-good", "low");
        try (Traffic traffic = traffic("e2e-good")) {
            long begun = System.nanoTime();
            String id = stage.begin(rollouts, "e2e-good", false);
            stage.await(rollouts, id, PATIENCE, r -> Stage.isIn(r, "promoted"));
            System.out.printf(
                    "good: promoted by itself after %.1f s and %d calls, %d of them failed%n",
                    (System.nanoTime() - begun) / 1e9, traffic.answers(), traffic.failures());
            end("good", id);
        }
    }

    private void bad() throws IOException, InterruptedException {
        stage.task("e2e-bad", "low");
        try (Traffic traffic = traffic("e2e-bad")) {
            String id = stage.begin(rollouts, "e2e-bad", false);
            stage.await(rollouts, id, PATIENCE, r -> r.path("stage").asInt() == HALF);
            long before = traffic.answers();
            stage.behave("fresh", "{\"drift\": 0.9}");
            stage.await(rollouts, id, PATIENCE, r -> Stage.isIn(r, "rolled_back"));
            long calls = traffic.answers() - before;
            traffic.close();
            System.out.printf(
                    "bad: rolled back; %.1f s from its first bad answer to its last delivered one,"
                            + " %d users saw a bad one, %d calls meanwhile%n",
                    traffic.harm().toMillis() / 1e3, traffic.usersWithBad(), calls);
            end("bad", id);
        }
    }

    private void waiting() throws IOException, InterruptedException {
        stage.task("e2e-waiting", "medium");
        try (Traffic traffic = traffic("e2e-waiting")) {
            String id = stage.begin(rollouts, "e2e-waiting", true);
            stage.await(rollouts, id, PATIENCE, r -> Stage.isIn(r, "waiting_for_approval"));
            System.out.printf("waiting: asks for a person after %d calls%n", traffic.answers());
            stage.api()
                    .send(
                            "POST",
                            rollouts.resolve("/api/rollouts/" + id + "/approve"),
                            "{\"actor\": \"bench\", \"reason\": \"seen in shadow\"}")
                    .good();
            stage.await(rollouts, id, PATIENCE, r -> Stage.isIn(r, "promoted"));
            System.out.println("waiting: approved, then promoted by itself");
            end("waiting", id);
        }
    }

    private Traffic traffic(String taskType) {
        return new Traffic(List.of(gateway), taskType, Stage.NEXT, CONNECTIONS);
    }

    /** Prints the history and saves the evidence. */
    private void end(String name, String id) throws IOException, InterruptedException {
        for (JsonNode step : stage.rollout(rollouts, id).path("history")) {
            System.out.printf(
                    "  %s %s: %s, stage %s, by %s (%s)%n",
                    step.path("at").asText(),
                    step.path("action").asText(),
                    step.path("state").asText(),
                    step.path("stage").asText(),
                    step.path("actor").asText(),
                    step.path("reason").asText());
        }
        Path file = folder.resolve(name + ".json");
        Files.writeString(
                file,
                stage.api()
                        .get(rollouts.resolve("/api/rollouts/" + id + "/evidence"))
                        .good()
                        .body());
        System.out.println("  evidence: " + file);
    }
}
