package dev.acey.log.query;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.json.JsonConventions;
import dev.acey.kit.test.PostgresServer;
import dev.acey.log.LogDatabase;
import dev.acey.log.store.Days;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@LogDatabase
class SearchTest {

    /** "Aa" and "BB" have one hash, as have "AaAa" and "BBBB": nobody may notice. */
    private static final List<String> VOCABULARY =
            List.of(
                    "Spring",
                    "ärger",
                    "ÄRGER",
                    "naïve",
                    "Aa",
                    "BB",
                    "AaAa",
                    "bbbb",
                    "42",
                    "don't",
                    "東京",
                    "京",
                    "ひらがな",
                    "สวัสดี",
                    "ﬁne",
                    "FINE",
                    "हिन्दी",
                    "a\u0000b",
                    "😀",
                    "x-y_z",
                    "İstanbul");

    @Inject WordIndex index;
    @Inject Clock clock;
    @Inject ObjectMapper json;
    PostgresServer postgres;

    private String task;
    private Instant start;

    @BeforeEach
    void begin() {
        task = newTask();
        start = clock.instant().minus(Duration.ofDays(17)).truncatedTo(ChronoUnit.DAYS);
        postgres.execute("DELETE FROM log.indexed_day");
    }

    @Test
    void theIndexFindsWhatLookingAtEveryEntryFinds() throws Throwable {
        Random random = new Random(42);
        post(IntStream.range(0, 300).mapToObj(i -> text(random, 1 + random.nextInt(6))).toList());
        List<String> asked = new ArrayList<>(VOCABULARY);
        asked.remove("😀");
        IntStream.range(0, 60).forEach(i -> asked.add(text(random, 2) + " a"));
        List<List<String>> scanned = asked.stream().map(this::found).toList();
        indexed();
        assertEquals(scanned, asked.stream().map(this::found).toList());
        assertTrue(scanned.stream().anyMatch(List::isEmpty));
        assertTrue(scanned.stream().anyMatch(found -> found.size() > 20));
    }

    @ParameterizedTest
    @CsvSource({
        "SPRING, 1",
        "spring der, 1",
        "der der spring, 1",
        "pring, 0",
        "spring winter, 0",
        "fine, 1",
        "東, 1",
        "京東, 1",
        "'spring!', 1",
    })
    void everyWordMustOccurInAnyOrder(String q, int found) throws Throwable {
        post(List.of("Der Spring ist ﬁne in 東京", "x"));
        assertEquals(found, found(q).size());
        indexed();
        assertEquals(found, found(q).size());
    }

    @Test
    void whatComesLateToAnIndexedDayIsFound() throws Throwable {
        post(List.of("early"));
        indexed();
        start = start.plusSeconds(1000);
        post(List.of("late words"));
        assertEquals(1, found("late").size());
        assertEquals(1, found("early").size());
        indexed();
        assertEquals(1, found("late").size());
    }

    @Test
    void rareWordsAreFoundOnAllTheirDays() throws Throwable {
        Instant first = start;
        for (int day = 0; day < 5; day++) {
            start = first.minus(Duration.ofDays(day));
            post(day % 2 == 0 ? List.of("rare words", "spring") : List.of("spring"));
        }
        List<String> scanned = found("rare");
        VertxContextSupport.subscribeAndAwait(() -> index.complete(clock.instant()));
        start = first.minus(Duration.ofDays(3));
        post(List.of("a rare one that came late"));
        assertEquals(4, found("rare").size());
        assertTrue(found("rare").containsAll(scanned));
        assertEquals(0, found("rare winter").size());
        assertEquals(5, found("spring nothing").size());
    }

    @ParameterizedTest
    @CsvSource({"Spring, spring", "SPRING, spring", "ﬁne, fine", "ÄRGER, ärger", "\u212A, k"})
    void whatCannotBeThereIsNeverThere(String text, String word) throws Exception {
        ObjectNode entry = json.createObjectNode().put("llmPrompt", "x " + text + "\n\"y\"");
        for (String q : List.of(word, "y", "x " + word)) {
            SearchWords words = SearchWords.of(q);
            assertTrue(words.areIn(entry), q);
            assertTrue(words.mayBeIn(json.writeValueAsBytes(entry)), q);
        }
        assertTrue(
                SearchWords.of("k").mayBeIn("{\"llmPrompt\":\"\\u004b\"}".getBytes(UTF_8)),
                "an escape is not looked into");
        assertFalse(
                SearchWords.of("winter").mayBeIn("{\"llmPrompt\":\"wint er\"}".getBytes(UTF_8)));
    }

    @Test
    void anErasedEntryLeavesNoWords() throws Throwable {
        post(List.of("secret"));
        indexed();
        String id = found("secret").get(0);
        given().delete("/api/logs/" + id).then().statusCode(204);
        assertEquals(0, found("secret").size());
        assertEquals("0", postgres.query("SELECT count(*) FROM log.word WHERE id = '" + id + "'"));
    }

    @Test
    void whatTheIndexSaysIsWhatIsAsked() throws Throwable {
        post(List.of("needle", "hay"));
        indexed();
        postgres.execute(
                "UPDATE log.word SET hashes = '{}' WHERE id = '%s'"
                        .formatted(found("needle").get(0)));
        assertEquals(0, found("needle").size(), "the day is not looked through");
    }

    @ParameterizedTest
    @CsvSource({"'!?'", "'\u00a0-'"})
    void aSearchWithoutAWordIsRefused(String q) {
        given().queryParam("q", q)
                .get("/api/logs")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/q"));
    }

    private void indexed() throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> index.complete(clock.instant()));
        assertEquals(
                "1",
                postgres.query(
                        "SELECT count(*) FROM log.indexed_day WHERE day = '%s' AND day NOT IN"
                                        .formatted(Days.of(start))
                                + " (SELECT day FROM log.late_entries)"));
    }

    private static String text(Random random, int words) {
        return String.join(
                " ",
                IntStream.range(0, words)
                        .mapToObj(i -> VOCABULARY.get(random.nextInt(VOCABULARY.size())))
                        .toList());
    }

    /** Ids of all pages. */
    private List<String> found(String q) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/api/logs?limit=7&taskType={t}&q={q}&cursor={c}", task, q, cursor);
            page.path("logs").forEach(entry -> ids.add(entry.path("id").asText()));
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        assertFalse(ids.stream().distinct().count() < ids.size(), "none twice");
        return ids;
    }

    private void post(List<String> texts) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            ObjectNode call = json.createObjectNode();
            call.put("taskType", task);
            call.put("timestamp", JsonConventions.format(start.plusSeconds(i)));
            call.put("llmPrompt", i % 2 == 0 ? texts.get(i) : "nothing");
            call.putObject("aceyOutput").put("speech", i % 2 == 0 ? "nothing" : texts.get(i));
            lines.append(call).append('\n');
        }
        bulk("/api/logs", lines.toString()).then().body("accepted", equalTo(texts.size()));
    }
}
