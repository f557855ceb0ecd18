package dev.acey.bench.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Two rollout-services on one database, of which one is killed with {@code -9} at each step of two
 * rollouts: in turns, in the middle of the look that may take the step, and as soon as it is taken;
 * where a person takes it, while that replica answers. Each rollout must end as it would have, with
 * each step, event and audit row once.
 */
public final class RolloutReplicas {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int CONNECTIONS = 8;
    private static final int LONGER_THAN_A_RESTART = 60;
    private static final List<String> GOOD =
            List.of(
                    "start", "advance", "approve", "pause", "resume", "advance", "advance",
                    "promote");
    private static final List<String> BAD = List.of("start", "advance", "approve", "roll_back");

    private final AceySystem system;
    private final Stage stage;
    private Replica second;
    private int kills;

    private RolloutReplicas(AceySystem system) {
        this.system = system;
        this.stage = new Stage(system);
        this.second = Replica.ofRolloutService(system, Stage.QUICK);
    }

    /** Run from the repository's root, without arguments; ends with 1 where a rollout differs. */
    public static void main(String[] arguments)
            throws IOException, InterruptedException, SQLException {
        boolean same;
        try (AceySystem system = AceySystem.startWithStub(Stage.QUICK)) {
            RolloutReplicas run = new RolloutReplicas(system);
            try (Connection database = system.database()) {
                run.stage.setUp();
                same = run.rollOut("replicas-good", GOOD, database);
                same &= run.rollOut("replicas-bad", BAD, database);
            } finally {
                run.second.close();
            }
        }
        System.exit(same ? 0 : 1);
    }

    /**
     * Takes one rollout through these steps, a replica dying at each; whether it went as it does.
     */
    private boolean rollOut(String taskType, List<String> steps, Connection database)
            throws IOException, InterruptedException, SQLException {
        stage.task(taskType, "low");
        List<URI> both = List.of(first(), second.at("/"));
        try (Traffic traffic = new Traffic(both, taskType, Stage.NEXT, CONNECTIONS)) {
            String id =
                    stage.beginPastTheGate(
                            first(),
                            taskType,
                            Stage.NEXT,
                            Stages.quick().approved(1).least(1, LONGER_THAN_A_RESTART));
            int before = kills;
            for (int number = 2; number <= steps.size(); number++) {
                String action = steps.get(number - 1);
                if (action.equals("roll_back")) {
                    stage.behave("fresh", "{\"drift\": 0.9}");
                }
                step(database, id, number, action);
            }
            return report(database, id, taskType, steps, kills - before);
        } finally {
            stage.behave("fresh", "{\"drift\": 0}");
        }
    }

    private void step(Connection database, String id, int number, String action)
            throws InterruptedException, SQLException {
        boolean killFirst = number % 2 == 0;
        switch (action) {
            case "approve", "pause", "resume" -> {
                URI target = killFirst ? first() : second.at("/");
                CompletableFuture<Void> asked =
                        CompletableFuture.runAsync(() -> ask(target, id, action));
                TimeUnit.MILLISECONDS.sleep(5L * number);
                kill(killFirst);
                asked.join();
                ask(killFirst ? second.at("/") : first(), id, action);
            }
            default -> {
                awaitLook(database, id, number);
                kill(killFirst);
                restore(killFirst);
                awaitStep(database, id, number);
                kill(!killFirst);
                restore(!killFirst);
                return;
            }
        }
        restore(killFirst);
        awaitStep(database, id, number);
    }

    /** What a person asks a replica that dies need not be answered: they ask again. */
    private void ask(URI replica, String id, String action) {
        try {
            stage.api()
                    .send(
                            "POST",
                            replica.resolve("/api/rollouts/" + id + "/" + action),
                            "{\"actor\": \"bench\", \"reason\": \"asked to\"}");
        } catch (IOException e) {
            System.out.println("  " + action + " was not answered: " + e.getMessage());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void kill(boolean first) {
        kills++;
        if (first) {
            ProcessHandle process = system.process("rollout");
            system.kill("rollout");
            process.onExit().join();
        } else {
            second.kill();
        }
    }

    /** The launcher starts its own again. */
    private void restore(boolean first) throws InterruptedException {
        if (!first) {
            second = Replica.ofRolloutService(system, Stage.QUICK);
            return;
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady(first())) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the first rollout-service does not come back");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private boolean isReady(URI replica) throws InterruptedException {
        try {
            return stage.api().get(replica.resolve("/q/health/ready")).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private URI first() {
        return system.service("rollout", "/");
    }

    /** Until a replica is looking at the rollout, or has taken the step meanwhile. */
    private static void awaitLook(Connection database, String id, int number)
            throws SQLException, InterruptedException {
        await(
                database,
                ("SELECT (SELECT count(*) FROM rollout.rollout_watch"
                                + " WHERE lease_until > now() AND rollout_id = '%1$s')"
                                + " + (SELECT count(*) FROM rollout.rollout_step"
                                + " WHERE number >= %2$d AND rollout_id = '%1$s')")
                        .formatted(id, number),
                1);
    }

    private static void awaitStep(Connection database, String id, int number)
            throws SQLException, InterruptedException {
        await(
                database,
                "SELECT count(*) FROM rollout.rollout_step WHERE rollout_id = '" + id + "'",
                number);
    }

    private static void await(Connection database, String count, int atLeast)
            throws SQLException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Long.parseLong(ask(database, count)) < atLeast) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("never " + atLeast + ": " + count);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private boolean report(
            Connection database, String id, String taskType, List<String> steps, int killed)
            throws IOException, InterruptedException, SQLException {
        List<String> history = new ArrayList<>();
        JsonNode rollout = stage.rollout(second.at("/"), id);
        rollout.path("history").forEach(taken -> history.add(taken.path("action").asText()));
        String events = ask(database, "SELECT count(*) FROM rollout.event" + of(id));
        String audited =
                ask(
                        database,
                        "SELECT count(*) FROM rollout.audit"
                                + of(id)
                                + " AND action <> 'flag.put'");
        String ticks =
                ask(
                        database,
                        "SELECT count(*) || ' ticks with ' || sum((counts::json"
                                + " #>> '{baseline,requests}')::int + (counts::json"
                                + " #>> '{candidate,requests}')::int) || ' calls counted, '"
                                + " || sum((counts::json ->> 'excluded')::int) || ' excluded'"
                                + " FROM rollout.rollout_tick WHERE rollout_id = '"
                                + id
                                + "'");
        String expected = String.valueOf(steps.size());
        boolean same = history.equals(steps) && events.equals(expected) && audited.equals(expected);
        System.out.printf(
                "%s: %s after %d kills; steps %s; events %s, audit rows %s; %s: %s%n",
                taskType,
                rollout.path("state").asText(),
                killed,
                history,
                events,
                audited,
                ticks,
                same ? "as it would have been" : "NOT as expected: " + steps);
        return same;
    }

    private static String of(String id) {
        return " WHERE subject = 'rollout:" + id + "'";
    }

    private static String ask(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new IllegalStateException("no row: " + sql);
            }
            return rows.getString(1);
        }
    }

    private static UncheckedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UncheckedIOException(new IOException(e));
    }
}
