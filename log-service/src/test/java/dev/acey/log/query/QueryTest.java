package dev.acey.log.query;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.decide;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.export;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.newTask;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.acey.kit.json.JsonConventions;
import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@LogDatabase
class QueryTest {

    @Inject Clock clock;

    private String task;
    private Instant start;

    @BeforeEach
    void begin() {
        task = newTask();
        start = clock.instant().minus(Duration.ofDays(10));
    }

    @Test
    void pagesHoldEveryEntryOnceNewestFirst() {
        // Several a millisecond, over four days.
        post(IntStream.range(0, 45).mapToObj(i -> call(i / 5 * 8, "", "call " + i)).toList());
        List<JsonNode> newestFirst = pages("/api/logs?limit=7&taskType=" + task, "cursor");
        List<JsonNode> oldestFirst = pages("/internal/logs/page?limit=7&taskType=" + task, "after");
        assertEquals(export("?taskType=" + task), oldestFirst);
        Collections.reverse(newestFirst);
        assertEquals(oldestFirst, newestFirst);
        assertEquals(
                IntStream.range(0, 45).mapToObj(i -> "call " + i).toList(), prompts(oldestFirst));
    }

    @Test
    void aPageForServicesHasTheLastRightAnswerThatAPersonGave() {
        post(List.of(call(0, "", "first"), call(8, "", "second")));
        String page = "/internal/logs/page?taskType=" + task;
        String id = get(page).path("logs").path(0).path("id").asText();
        for (String value : List.of("{\"speech\":\"a\"}", "true", "{\"speech\":\"b\"}", "0.5")) {
            given().contentType("application/json")
                    .body("{\"metric\":\"right\",\"value\":" + value + "}")
                    .post("/api/logs/" + id + "/feedback")
                    .then()
                    .statusCode(201);
        }
        JsonNode demonstrations = get(page).path("demonstrations");
        assertEquals("b", demonstrations.path(id).path("speech").asText());
        assertEquals(1, demonstrations.size());
    }

    @Test
    void anExportHoldsWhatWasPosted() {
        List<String> prompts = IntStream.range(0, 700).mapToObj(i -> "call " + i).toList();
        post(prompts.stream().map(prompt -> call(prompts.indexOf(prompt), "", prompt)).toList());
        List<JsonNode> exported = export("?taskType=" + task);
        assertEquals(prompts, prompts(exported));
        for (JsonNode entry : exported.subList(0, 20)) {
            assertEquals(get("/api/logs/" + entry.path("id").asText()), entry);
        }
    }

    @Test
    void anExportOfNothingIsEmpty() {
        given().get("/api/logs/export?taskType=" + task)
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("application/x-ndjson;charset=UTF-8"))
                .body(equalTo(""));
    }

    @ParameterizedTest
    @CsvSource({
        "decision=rejected, 1",
        "decision=approved, 0 2 3",
        "environment=live, 0 1 2",
        "environment=shadow, 3",
        "model=m2, 2",
        "minConfidence=0.5, 0 2",
        "minConfidence=0.9, 2",
        "q=SPRING, 0",
        "q=Ärger, 1 3",
        "q=in%20the%20speech, 2",
        "q=m2, ''",
        "decision=approved&minConfidence=0.5&environment=live, 0 2",
    })
    void aFilterLeavesWhatItSays(String filter, String expected) {
        post(
                List.of(
                        call(0, "'confidence':0.5,'llmOutput':'y',", "Spring"),
                        call(1, "'controlDecision':'rejected','confidence':0.4,", "der ärger"),
                        call(
                                2,
                                "'confidence':0.9,'metadata':{'model':'m2'},"
                                        + "'aceyOutput':{'speech':'In the Speech'},",
                                "x"),
                        entry(
                                "{'taskType':'%s','timestamp':'%s','llmOutput':'z',"
                                                .formatted(task, time(3))
                                        + "'context':{'environment':'shadow'},"
                                        + "'llmPrompt':[{'role':'user','content':'ÄRGER'}]}")));
        List<String> times =
                expected.isEmpty()
                        ? List.of()
                        : List.of(expected.split(" ")).stream()
                                .map(i -> time(Integer.parseInt(i)))
                                .toList();
        String query = "?taskType=" + task + "&" + filter;
        assertEquals(times, times(export(raw(query))));
        assertEquals(times, times(list(get(raw("/internal/logs/page" + query)))));
    }

    @Test
    void aTimeHoldsItsFirstInstantAndNotItsLast() {
        post(IntStream.range(0, 5).mapToObj(i -> call(i * 24, "", "day " + i)).toList());
        String query = "?taskType=" + task + "&from=" + time(24) + "&to=" + time(72);
        assertEquals(List.of("day 1", "day 2"), prompts(export(query)));
    }

    @Test
    void severalTaskTypesAreAskedForAtOnce() {
        String other = newTask();
        post(List.of(call(0, "", "one"), call(2, "", "three")));
        post(List.of(call(1, "", "two").replace(task, other)));
        assertEquals(
                List.of("one", "two", "three"), prompts(export("?taskType=" + task + "," + other)));
    }

    @Test
    void aPageOfLargeEntriesEndsEarlyAndSaysWhereToGoOn() {
        String large = "x".repeat(900_000);
        post(IntStream.range(0, 12).mapToObj(i -> call(i, "", large)).toList());
        JsonNode first = get("/api/logs?limit=12&taskType=" + task);
        assertTrue(first.path("logs").size() < 12);
        assertEquals(12, pages("/api/logs?limit=12&taskType=" + task, "cursor").size());
    }

    @Test
    void aSearchThatFindsItsLimitGoesOnWhereItEnded() {
        post(IntStream.range(0, 30).mapToObj(i -> call(i, "", "word " + i % 2)).toList());
        List<JsonNode> found = pages("/api/logs?limit=4&q=WORD%201&taskType=" + task, "cursor");
        assertEquals(15, found.size());
        assertEquals(15, new HashSet<>(times(found)).size());
    }

    @Test
    void aSampleIsDrawnBySeedFromJudgedLiveCalls() {
        List<String> calls = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> calls.add(call(i, "'llmOutput':'y',", "judged " + i)));
        calls.add(call(61, "'error':{'type':'t'},", "failed"));
        calls.add(call(62, "", "without output"));
        calls.add(
                call(63, "'llmOutput':'y','context':{'environment':'shadow'},", "from the shadow"));
        post(calls);
        String path = "/internal/logs/sample?taskType=" + task;
        List<String> sample = drawn(path + "&size=20&seed=1");
        assertEquals(20, sample.size());
        assertEquals(sample, drawn(path + "&size=20&seed=1"));
        assertTrue(
                drawn(path + "&size=40&seed=1").containsAll(sample),
                "a larger sample holds the smaller one");
        assertTrue(!sample.equals(drawn(path + "&size=20&seed=" + Long.MIN_VALUE)));
        List<JsonNode> all = chosen(drawn(path + "&size=10000&seed=1"));
        assertEquals(IntStream.range(0, 60).mapToObj(i -> "judged " + i).toList(), prompts(all));
        assertEquals(
                List.of("from the shadow"),
                prompts(chosen(drawn(path + "&size=10&environment=shadow"))));
    }

    @Test
    void aSampleOfSeveralTasksTakesFromEachAlikeAsFarAsItHasThem() {
        List<String> tasks = List.of(newTask(), newTask(), newTask());
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            task = tasks.get(i);
            for (int call = 0; call < List.of(4, 40, 40).get(i); call++) {
                calls.add(call(call, "'llmOutput':'y',", "of task " + i));
            }
        }
        post(calls);
        String path = "/internal/logs/sample?size=30&taskType=" + String.join(",", tasks);
        List<String> prompts = prompts(chosen(drawn(path)));
        assertEquals(4, Collections.frequency(prompts, "of task 0"));
        assertEquals(13, Collections.frequency(prompts, "of task 1"));
        assertEquals(13, Collections.frequency(prompts, "of task 2"));
    }

    @Test
    void entriesAskedForByTheirIdsComeWithTheLastDemonstration() {
        post(IntStream.range(0, 3).mapToObj(i -> call(i, "'llmOutput':'y',", "p" + i)).toList());
        List<String> ids = drawn("/internal/logs/sample?taskType=" + task);
        for (String speech : List.of("first", "last")) {
            given().contentType("application/json")
                    .body(entry("{'metric':'right','value':{'speech':'" + speech + "'}}"))
                    .post("/api/logs/" + ids.get(1) + "/feedback")
                    .then()
                    .statusCode(201);
        }
        Collections.reverse(ids);
        JsonNode page = get("/internal/logs/entries?ids=" + String.join(",", ids));
        assertEquals(List.of("p2", "p1", "p0"), prompts(list(page)));
        assertEquals(3, page.path("taken").asInt());
        assertEquals(1, page.path("demonstrations").size());
        assertEquals("last", page.path("demonstrations").path(ids.get(1)).path("speech").asText());
    }

    @Test
    void ofLargeEntriesAPageTakesAsManyAsFit() {
        String large = "x".repeat(900_000);
        IntStream.range(0, 7)
                .forEach(i -> post(List.of(call(i, "'llmOutput':'" + large + "',", "p" + i))));
        List<String> ids = drawn("/internal/logs/sample?taskType=" + task);
        JsonNode page = get("/internal/logs/entries?ids=" + String.join(",", ids));
        int taken = page.path("taken").asInt();
        assertTrue(taken > 1 && taken < 7, "taken: " + taken);
        assertEquals(taken, list(page).size());
        assertEquals(IntStream.range(0, 7).mapToObj(i -> "p" + i).toList(), prompts(chosen(ids)));
    }

    private static List<String> drawn(String path) {
        List<String> ids = new ArrayList<>();
        get(path).path("ids").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    /** The entries of these ids, asked for as a service does. */
    private static List<JsonNode> chosen(List<String> ids) {
        List<JsonNode> entries = new ArrayList<>();
        int next = 0;
        while (next < ids.size()) {
            List<String> some = ids.subList(next, Math.min(ids.size(), next + 25));
            JsonNode page = get("/internal/logs/entries?ids=" + String.join(",", some));
            entries.addAll(list(page));
            next += page.path("taken").asInt();
        }
        return entries;
    }

    @Test
    void aDecisionShowsInListsAndExports() {
        post(List.of(call(0, "'llmOutput':'y',", "x")));
        String id = get("/api/logs?taskType=" + task).path("logs").path(0).path("id").asText();
        decide(id, "{\"decision\":\"rejected\"}").then().statusCode(200);
        assertEquals(1, export("?decision=rejected&taskType=" + task).size());
        assertEquals(0, export("?decision=approved&taskType=" + task).size());
    }

    private void post(List<String> calls) {
        bulk("/api/logs", String.join("\n", calls))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(calls.size()));
    }

    private String call(int hour, String more, String prompt) {
        return entry(
                "{'taskType':'%s','timestamp':'%s',%s'llmPrompt':'%s'}"
                        .formatted(task, time(hour), more.isEmpty() ? "" : more, prompt));
    }

    private String time(int hour) {
        return JsonConventions.format(start.plus(Duration.ofMinutes(hour * 20L)));
    }

    /** All entries that following the cursors gives. */
    private static List<JsonNode> pages(String path, String cursor) {
        List<JsonNode> entries = new ArrayList<>();
        JsonNode page = get(raw(path));
        entries.addAll(list(page));
        while (!page.path("nextCursor").isNull()) {
            page = get(raw(path + "&" + cursor + "=" + page.path("nextCursor").asText()));
            entries.addAll(list(page));
        }
        return entries;
    }

    /** Decoded, since REST-assured encodes again. */
    private static String raw(String path) {
        return path.replace("%20", " ");
    }

    private static List<JsonNode> list(JsonNode page) {
        List<JsonNode> entries = new ArrayList<>();
        ((ArrayNode) page.path("logs")).forEach(entries::add);
        return entries;
    }

    private static List<String> prompts(List<JsonNode> entries) {
        return entries.stream().map(e -> e.path("llmPrompt").asText()).toList();
    }

    private static List<String> times(List<JsonNode> entries) {
        return entries.stream().map(e -> e.path("timestamp").asText()).collect(Collectors.toList());
    }
}
