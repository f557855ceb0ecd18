package dev.acey.log.observation;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.decide;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@LogDatabase
class ObservationsTest {

    private static final String PATH = "/internal/observations?rolloutId={rollout}";

    PostgresServer postgres;

    private final String rollout = UUID.randomUUID().toString();
    private final Random random = new Random(11);

    @Test
    void aCallOfARolloutIsToldOnceAsItCameIn() {
        String call =
                routed(
                        "'performance':{'responseTime':812},'confidence':0.5,"
                                + "'controlDecision':'pending'");
        post(call);
        post(call);
        JsonNode told = get(PATH, rollout).path("observations");
        assertEquals(1, told.size());
        JsonNode one = told.get(0);
        String id = one.path("id").asText();
        decide(id, entry("{'decision':'rejected'}")).then().statusCode(200);
        assertEquals(told, get(PATH, rollout).path("observations"));
        assertEquals(
                entry(
                        "{'kind':'call','id':'%s','rolloutId':'%s','stage':2,'variant':'candidate',"
                                        .formatted(id, rollout)
                                + "'environment':'live','at':'%s','servedBy':'baseline',"
                                        .formatted(
                                                get("/api/logs/" + id).path("timestamp").asText())
                                + "'keyHash':'k1','failed':false,'decision':'pending',"
                                + "'responseTime':812.0,'confidence':0.5}"),
                one.toString());
    }

    @Test
    void callsOutsideARolloutAreNotTold() {
        String rows = "SELECT count(*) FROM log.observation";
        String before = postgres.query(rows);
        post(routed("'trustDelta':0").replace("\"rolloutId\":\"" + rollout + "\",", ""));
        assertEquals(before, postgres.query(rows));
    }

    @Test
    void feedbackOnACallOfARolloutIsToldOnce() {
        post(routed("'trustDelta':0"));
        JsonNode first = get(PATH, rollout);
        String id = first.path("observations").get(0).path("id").asText();
        for (String value : new String[] {"0.25", "{'speech':'better','intents':[]}"}) {
            given().contentType(ContentType.JSON)
                    .body(entry("{'metric':'helpful','value':" + value + "}"))
                    .post("/api/logs/" + id + "/feedback")
                    .then()
                    .statusCode(201);
        }
        JsonNode next = get(PATH + "&after={next}", rollout, first.path("next").asText());
        assertEquals(1, next.path("observations").size());
        JsonNode feedback = next.path("observations").get(0);
        assertEquals("feedback", feedback.path("kind").asText());
        assertEquals(id, feedback.path("id").asText());
        assertEquals(rollout, feedback.path("rolloutId").asText());
        assertEquals("candidate", feedback.path("variant").asText());
        assertEquals(2, feedback.path("stage").asInt());
        assertEquals("helpful", feedback.path("metric").asText());
        assertEquals(0.25, feedback.path("score").asDouble());
    }

    @Test
    void atTheEndThePlaceStays() {
        post(routed("'trustDelta':0"));
        String next = get(PATH, rollout).path("next").asText();
        JsonNode none = get(PATH + "&after={next}", rollout, next);
        assertTrue(none.path("observations").isEmpty());
        assertEquals(next, none.path("next").asText());
        assertFalse(get("/internal/observations").path("observations").isEmpty());
    }

    /**
     * Transactions begin, write and commit in any order, some roll back, and a reader that goes on
     * from where it was meets every row that was committed, once, in an order that stays.
     */
    @Test
    void aReaderMissesAndRepeatsNothingWhateverTheOrderOfCommits() throws SQLException {
        List<Connection> open = new ArrayList<>();
        List<String> written = new ArrayList<>();
        List<String> committed = new ArrayList<>();
        List<String> read = new ArrayList<>();
        List<List<String>> pending = new ArrayList<>();
        String place = "";
        try {
            for (int step = 0; step < 300; step++) {
                int choice = random.nextInt(4);
                if (choice == 0 && open.size() < 6) {
                    open.add(connect());
                    pending.add(new ArrayList<>());
                } else if (choice == 1 && !open.isEmpty()) {
                    int one = random.nextInt(open.size());
                    String id = UUID.randomUUID().toString();
                    insert(open.get(one), id);
                    written.add(id);
                    pending.get(one).add(id);
                } else if (choice == 2 && !open.isEmpty()) {
                    int one = random.nextInt(open.size());
                    try (Connection ending = open.remove(one)) {
                        List<String> ids = pending.remove(one);
                        if (random.nextInt(5) == 0) {
                            ending.rollback();
                        } else {
                            ending.commit();
                            committed.addAll(ids);
                        }
                    }
                } else {
                    place = readOn(place, 1 + random.nextInt(4), read);
                }
            }
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
        for (String before = null; !place.equals(before); ) {
            before = place;
            place = readOn(place, 7, read);
        }
        assertTrue(committed.size() > 30 && committed.size() < written.size());
        assertEquals(new HashSet<>(committed), new HashSet<>(read));
        assertEquals(committed.size(), read.size());
        List<String> again = new ArrayList<>();
        readOn("", 1_000, again);
        assertEquals(again, read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=nonsense", "after=MTpi", "limit=0", "rolloutId=%00"})
    void badInputIsRefused(String query) {
        given().urlEncodingEnabled(false)
                .get("/internal/observations?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    private String readOn(String place, int limit, List<String> read) {
        JsonNode page = get(PATH + "&limit={limit}&after={place}", rollout, limit, place);
        page.path("observations").forEach(one -> read.add(one.path("id").asText()));
        return page.path("next").asText();
    }

    private void insert(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    ("INSERT INTO log.observation (day, id, rollout_id, environment, at, failed)"
                                    + " VALUES (current_date, '%s', '%s', 'live', now(), false)")
                            .formatted(id, rollout));
        }
    }

    private Connection connect() throws SQLException {
        Connection connection =
                DriverManager.getConnection(
                        postgres.jdbcUrl(), "acey_log_app", PostgresServer.APP_PASSWORD);
        connection.setAutoCommit(false);
        return connection;
    }

    private String routed(String more) {
        return entry(
                ("{'taskType':'%s','id':'%s','llmPrompt':'x','routing':{'rolloutId':'%s',"
                                + "'stage':2,'variant':'candidate','servedBy':'baseline',"
                                + "'model':'m','keyHash':'k1'},%s}")
                        .formatted(newTask(), UuidCreator.getTimeOrderedEpoch(), rollout, more));
    }

    private static void post(String line) {
        bulk("/internal/logs", line).then().body("rejected", equalTo(0));
    }
}
