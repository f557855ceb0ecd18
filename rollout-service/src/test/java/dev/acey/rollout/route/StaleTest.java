package dev.acey.rollout.route;

import static dev.acey.rollout.Api.get;
import static dev.acey.rollout.Api.put;
import static dev.acey.rollout.Api.register;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.acey.kit.test.PostgresServer;
import dev.acey.rollout.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StaleTest {

    private static final String ROUTE = "/api/rollout/route?taskType=stale-task&key=anyone";
    private static final String DATA = "checks.find { it.name == 'routes' }.data.";

    PostgresServer database;

    @Inject TestClock clock;

    @Test
    void aMinuteWithoutTheDatabaseEndsARolloutUntilItIsBack() {
        register("stale-base", "stale-next");
        put("/api/tasks/stale-task", "{\"baseline\": \"stale-base\"}").statusCode(200);
        put(
                        "/internal/flags/stale-task",
                        "{\"candidate\": \"stale-next\", \"salt\": \"s\", \"weight\": 10000}")
                .statusCode(200);
        health("answers", "confirmed");
        database.stop();
        try {
            await().untilAsserted(() -> health("away", "confirmed"));
            get(ROUTE).body("model", is("stale-next")).body("reason", is("split"));

            clock.setAhead(Snapshot.FRESH.plusSeconds(10));
            get(ROUTE)
                    .statusCode(200)
                    .body("variant", is("baseline"))
                    .body("model", is("stale-base"))
                    .body("reason", is("stale"));
            health("away", "stale");
        } finally {
            database.start();
        }
        await().untilAsserted(() -> get(ROUTE).body("model", is("stale-next")));
        clock.setAhead(Duration.ZERO);
        await().untilAsserted(
                        () -> {
                            get(ROUTE).body("reason", is("split"));
                            health("answers", "confirmed");
                        });
    }

    private static void health(String database, String settings) {
        get("/q/health/ready")
                .statusCode(200)
                .body(DATA + "database", is(database))
                .body(DATA + "settings", is(settings));
    }
}
