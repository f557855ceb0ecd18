package dev.acey.log.collect;

import static dev.acey.log.Calls.bulk;
import static dev.acey.log.Calls.entry;
import static dev.acey.log.Calls.export;
import static dev.acey.log.Calls.get;
import static dev.acey.log.Calls.newTask;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.log.LogDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@LogDatabase
class BulkTest {

    private static final String PATH = "/api/logs";

    @TestHTTPResource("/api/logs")
    URL url;

    @Test
    void goodLinesAreKeptAndBadOnesNamed() {
        String task = newTask();
        String good = line(task, "good");
        bulk(
                        PATH,
                        String.join(
                                "\n",
                                good,
                                "",
                                "{\"taskType\":",
                                " \t\r",
                                line("Not a task", "x"),
                                good + "\r",
                                good + " {}",
                                "[]",
                                "{\"taskType\":\"a\",\"taskType\":\"b\",\"llmPrompt\":\"x\"}",
                                entry("{'taskType':'a','llmPrompt':'\\ud83d'}"),
                                good))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(3))
                .body("duplicates", equalTo(0))
                .body("rejected", equalTo(6))
                .body("errors.line", equalTo(List.of(3, 5, 7, 8, 9, 10)))
                .body("errors[0].detail", startsWith("is not one JSON document"))
                .body("errors[1].detail", startsWith("/taskType must match"));
        assertEquals(3, get(PATH + "?taskType=" + task).path("logs").size());
    }

    /** Java's own client makes one with its first request. */
    @Test
    void anOfferToGoOnInHttp2IsNotTaken() throws Exception {
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(url.toURI())
                                        .header("Content-Type", "application/x-ndjson")
                                        .POST(BodyPublishers.ofString(line(newTask(), "x")))
                                        .build(),
                                BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        assertEquals(HttpClient.Version.HTTP_1_1, answer.version());
    }

    @Test
    void onlyTheFirstHundredErrorsAreTold() {
        bulk(PATH, "{}\n".repeat(250))
                .then()
                .statusCode(200)
                .body("rejected", equalTo(250))
                .body("errors", hasSize(100));
    }

    @Test
    void aLineOfMoreThanAMebibyteIsNamedAndTheRestTaken() {
        String task = newTask();
        bulk(PATH, line(task, "x".repeat(1 << 20)) + "\n" + line(task, "small"))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1))
                .body("errors[0].line", equalTo(1))
                .body("errors[0].detail", startsWith("is longer than"));
    }

    @Test
    void linesKeepTheirOrder() {
        String task = newTask();
        List<String> prompts = IntStream.range(0, 1_200).mapToObj(i -> "call " + i).toList();
        String body =
                prompts.stream()
                        .map(prompt -> line(task, prompt))
                        .collect(Collectors.joining("\n"));
        bulk(PATH, body).then().statusCode(200).body("accepted", equalTo(1_200));
        assertEquals(prompts, prompts(export("?taskType=" + task)));
    }

    @Test
    void theFirstOfTwoLinesWithOneIdIsStored() {
        String task = newTask();
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        bulk(PATH, line(task, "first", id) + "\n" + line(task, "second", id))
                .then()
                .body("accepted", equalTo(1))
                .body("duplicates", equalTo(1));
        assertEquals("first", get(PATH + "/" + id).path("llmPrompt").asText());
    }

    @Test
    void theSameLinesFromManyConnectionsAtOnceAreStoredOnce() {
        String task = newTask();
        List<String> lines =
                Stream.generate(() -> UuidCreator.getTimeOrderedEpoch().toString())
                        .limit(900)
                        .map(id -> line(task, "same", id))
                        .toList();
        List<CompletableFuture<JsonPath>> posts =
                IntStream.range(0, 6)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> post(rotated(lines, i))))
                        .toList();
        int accepted = posts.stream().mapToInt(p -> p.join().getInt("accepted")).sum();
        int duplicates = posts.stream().mapToInt(p -> p.join().getInt("duplicates")).sum();
        assertEquals(900, accepted);
        assertEquals(5 * 900, duplicates);
        assertEquals(900, export("?taskType=" + task).size());
    }

    @Test
    void aConnectionThatBreaksHalfWayLeavesWhatWasCommitted() throws IOException {
        String task = newTask();
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String head =
                    "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-ndjson\r\n"
                            + "Content-Length: 100000000\r\n\r\n";
            send(socket, head.formatted(url.getPath(), url.getHost()));
            send(socket, (line(task, "before") + "\n").repeat(BulkLoad.LINES_A_BATCH));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> get(PATH + "?taskType=" + task).path("logs").size() > 0);
            send(socket, line(task, "half a l").substring(0, 20));
        }
        assertEquals(BulkLoad.LINES_A_BATCH, export("?taskType=" + task).size());
    }

    @Test
    void anEmptyBodyIsNothing() {
        bulk(PATH, "").then().statusCode(200).body("accepted", equalTo(0));
    }

    @Test
    void ourOwnServicesAreTakenAtTheirWord() {
        String task = newTask();
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        String entry =
                entry(
                        "{'id':'%s','taskType':'%s','llmPrompt':'x','llmOutput':'y',"
                                + "'controlDecision':'pending','review':null,"
                                + "'autoRules':{'ruleSet':'sha256:00','decision':'pending',"
                                + "'action':'deliver_modified','findings':[{'ruleId':'a.b'}],"
                                + "'verdictHash':'sha256:11','replayable':true},"
                                + "'routing':{'variant':'candidate','model':'m2','stage':1}}");
        bulk("/internal/logs", entry.formatted(id, task))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
        bulk("/internal/logs", entry.formatted(id, task)).then().body("duplicates", equalTo(1));
        JsonNode stored = get(PATH + "/" + id);
        assertEquals("sha256:11", stored.path("autoRules").path("verdictHash").asText());
        assertEquals("candidate", stored.path("routing").path("variant").asText());
        assertEquals("pending", stored.path("controlDecision").asText());
        assertTrue(stored.path("metadata").isEmpty());
    }

    @Test
    void ourOwnServicesSayWhatTheyMean() {
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        String start = "{'id':'" + id + "','taskType':'a','llmPrompt':'x',";
        bulk(
                        "/internal/logs",
                        entry(
                                String.join(
                                        "\n",
                                        "{'taskType':'a','llmPrompt':'x'}",
                                        start + "'autoRules':7}",
                                        start
                                                + "'autoRules':{'decision':'maybe','replayable':true}}",
                                        start + "'routing':{'variant':'third'}}",
                                        start + "'routing':{'stage':'one'}}")))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(0))
                .body("rejected", equalTo(5))
                .body("errors[0].detail", equalTo("/id is required"))
                .body("errors[1].detail", startsWith("/autoRules must"))
                .body("errors[2].detail", startsWith("/autoRules/decision"))
                .body("errors[3].detail", startsWith("/routing/variant"))
                .body("errors[4].detail", startsWith("/routing/stage"));
    }

    private static JsonPath post(List<String> lines) {
        return bulk(PATH, String.join("\n", lines)).then().statusCode(200).extract().jsonPath();
    }

    private static List<String> rotated(List<String> lines, int by) {
        int cut = by * 150 % lines.size();
        return Stream.concat(
                        lines.subList(cut, lines.size()).stream(), lines.subList(0, cut).stream())
                .toList();
    }

    private static List<String> prompts(List<JsonNode> entries) {
        return entries.stream().map(e -> e.path("llmPrompt").asText()).toList();
    }

    private static String line(String task, String prompt) {
        return entry("{'taskType':'%s','llmPrompt':'%s'}".formatted(task, prompt));
    }

    private static String line(String task, String prompt, String id) {
        return entry("{'id':'%s','taskType':'%s','llmPrompt':'%s'}".formatted(id, task, prompt));
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
