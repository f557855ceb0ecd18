package dev.acey.log.collect;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.export;
import static dev.acey.log.Calls.log;
import static dev.acey.log.Calls.newTask;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class GroupCommitTest {

    private final ExecutorService clients = Executors.newCachedThreadPool();

    @Inject MeterRegistry metrics;
    PostgresServer postgres;

    @AfterEach
    void stopClients() {
        clients.shutdownNow();
    }

    @Test
    void whatArrivesWhileCommitsRunSharesTheNextOne() throws SQLException {
        String task = newTask();
        long before = commits();
        List<Response> answers = whileNothingCommits(Collections.nCopies(50, line(task, "")));
        assertEquals(Collections.nCopies(50, 201), statuses(answers));
        assertEquals(50, export("?taskType=" + task).size());
        assertTrue(commits() - before <= 4, "commits: " + (commits() - before));
    }

    @Test
    void oneOfManyPostsOfOneIdAtOnceIsNewAndAllAreToldWhatIsStored() throws SQLException {
        String task = newTask();
        String id = newId();
        List<Response> answers = whileNothingCommits(Collections.nCopies(10, line(task, id)));
        assertEquals(1, Collections.frequency(statuses(answers), 201));
        assertEquals(9, Collections.frequency(statuses(answers), 200));
        assertEquals(1, answers.stream().map(Response::asString).distinct().count());
    }

    @Test
    void anEntryThatTheDatabaseRefusesFailsNoOther() throws SQLException {
        String task = newTask();
        String refused = newTask();
        List<String> posts = new ArrayList<>(Collections.nCopies(20, line(task, "")));
        posts.add(10, line(refused, ""));
        postgres.execute(
                "ALTER TABLE log.entry ADD CONSTRAINT refused CHECK (task_type <> '%s')"
                        .formatted(refused));
        try {
            List<Integer> statuses = statuses(whileNothingCommits(posts));
            assertEquals(20, Collections.frequency(statuses, 201));
            assertEquals(1, Collections.frequency(statuses, 500));
            bulk("/api/logs", String.join("\n", posts))
                    .then()
                    .statusCode(200)
                    .body("accepted", equalTo(20))
                    .body("duplicates", equalTo(0))
                    .body("rejected", equalTo(1))
                    .body("errors[0].line", equalTo(11))
                    .body("errors[0].detail", startsWith("cannot be stored (SQLSTATE 23514)"));
        } finally {
            postgres.execute("ALTER TABLE log.entry DROP CONSTRAINT refused");
        }
        assertEquals(40, export("?taskType=" + task).size());
    }

    @Test
    void whatTheQueueCannotHoldIsTurnedAwayAndTheRestIsStored() throws SQLException {
        String task = newTask();
        String large =
                entry("{'taskType':'%s','llmPrompt':'%s'}").formatted(task, "x".repeat(1_000_000));
        List<Response> answers = whileNothingCommits(Collections.nCopies(24, large));
        int stored = Collections.frequency(statuses(answers), 201);
        int turnedAway = Collections.frequency(statuses(answers), 503);
        assertEquals(24, stored + turnedAway);
        assertTrue(turnedAway > 0 && stored >= 16, "turned away: " + turnedAway);
        answers.stream()
                .filter(answer -> answer.statusCode() == 503)
                .forEach(answer -> assertEquals("2", answer.header("Retry-After")));
        assertEquals(stored, export("?taskType=" + task).size());
    }

    /** Posts all of these while no commit can end, and answers what they were answered. */
    private List<Response> whileNothingCommits(List<String> posts) throws SQLException {
        log(line(newTask(), "")).then().statusCode(201);
        double sofar = received();
        List<CompletableFuture<Response>> answers;
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE log.entry IN ACCESS EXCLUSIVE MODE");
            answers =
                    posts.stream()
                            .map(post -> CompletableFuture.supplyAsync(() -> log(post), clients))
                            .toList();
            await().until(() -> received() - sofar == posts.size());
            connection.rollback();
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** Posts that wait, are being committed, were committed, or were turned away. */
    private double received() {
        return metrics.get("acey_log_post_queue_entries").gauge().value()
                + metrics.get("acey_log_post_wait").timer().count()
                + metrics.get("acey_log_entries").tag("outcome", "turned_away").counter().count();
    }

    private long commits() {
        return metrics.get("acey_log_post_batch_entries").summary().count();
    }

    private static List<Integer> statuses(List<Response> answers) {
        return answers.stream().map(Response::statusCode).toList();
    }

    private static String newId() {
        return UuidCreator.getTimeOrderedEpoch().toString();
    }

    private static String line(String task, String id) {
        String call = entry("{'taskType':'%s','llmPrompt':'x','llmOutput':'y'".formatted(task));
        return id.isEmpty() ? call + "}" : call + entry(",'id':'%s'}".formatted(id));
    }
}
