package dev.acey.simulation.report;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.PostgresServer;
import dev.acey.simulation.Chatter;
import dev.acey.simulation.simulate.LogServiceStub;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
@WithTestResource(value = LogServiceStub.class, scope = TestResourceScope.GLOBAL)
class ReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/simulate/";
    private static final String HOSTILE =
            "<script>alert(1)</script> <img src=x onerror=alert(2)> \"'&{{7*7}}{page.id}\u0001";

    PostgresServer postgres;

    @Test
    void thePageShowsVerdictFiguresVoiceAndTheWorstCases() {
        String html = page(simulated("!"));

        assertTrue(html.contains("<span class=\"badge fail\">fail</span>"), html);
        assertTrue(html.contains("the voice drifted: p 0.001"));
        assertTrue(html.contains("exclamation marks per sentence"));
        assertTrue(html.contains("<th scope=\"row\">rejected outputs</th>"));
        assertTrue(html.contains("1 of 80 decisions would change with the candidate, 1.3 %"));
        assertTrue(html.contains("the decision changes from approved to rejected"));
        assertTrue(html.contains("<h3 id=\"case-7\">Case 7 · game</h3>"));
        assertTrue(html.contains(">prompt 7</p>"));
        assertTrue(html.contains("speech.empty (reject): "), html);
    }

    @Test
    void whatALogSaysStaysText() {
        String html = page(simulated(HOSTILE));

        assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assertTrue(html.contains("{page.id}"));
        assertFalse(html.contains("<script"));
        assertFalse(html.contains("<img"));
        assertFalse(html.contains("\u0001"));
    }

    @Test
    void thePageAsksForNothingMoreAndItsPolicyForbidsIt() throws Exception {
        String id = simulated("!");

        var answer = given().get(PATH + id + "/report");
        String html = answer.asString();

        Matcher links =
                Pattern.compile("(?i)\\b(src|href|action|srcset)\\s*=\\s*\"([^\"]*)\"")
                        .matcher(html);
        while (links.find()) {
            assertEquals("data:,", links.group(2), links.group());
        }
        Matcher style = Pattern.compile("(?s)<style>(.*)</style>").matcher(html);
        assertTrue(style.find());
        assertFalse(style.group(1).contains("url("));
        assertFalse(style.group(1).contains("@import"));
        assertFalse(html.contains(" style=\""));
        byte[] digest =
                MessageDigest.getInstance("SHA-256")
                        .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
        String policy =
                "default-src 'none'; img-src data:; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(digest)
                        + "'; base-uri 'none'; form-action 'none'";
        answer.then()
                .header("Content-Security-Policy", policy + "; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "private, no-store");
        assertTrue(html.contains("content=\"" + policy.replace("'", "&#39;") + "\""), html);
    }

    @Test
    void everyChartHasWordsAndEveryTableItsHeaders() {
        String html = page(simulated("!"));

        assertTrue(html.contains("<html lang=\"en\">"));
        assertEquals(count("<svg ", html), count("role=\"img\" aria-label=\"[^\"]+\"", html));
        assertTrue(count("<svg ", html) > 10);
        assertEquals(count("<table[ >]", html), count("<caption>", html));
        assertEquals(count("<th ", html), count("<th scope=\"(col|row)\"", html));
    }

    @Test
    void theJsonBesideItSaysTheSame() {
        String id = simulated("!");

        JsonPath json =
                given().get(PATH + id + "/report.json")
                        .then()
                        .statusCode(200)
                        .contentType("application/json")
                        .body("id", is(id))
                        .body("result.verdict", is("fail"))
                        .body("request.logs", is(80))
                        .extract()
                        .jsonPath();

        assertEquals(20, json.getList("worstCases").size());
        assertEquals(7, json.getInt("worstCases[0].position"));
        assertEquals("prompt 7", json.getString("worstCases[0].prompt"));
        assertEquals("rejected", json.getString("worstCases[0].candidate.decision"));
        assertTrue(json.getString("driftExamples[0].candidate").endsWith("!"));
        assertFalse(json.getString("driftExamples[0].baseline").contains("!"));
    }

    @Test
    void theStoredResultQuotesNothing() {
        String id = simulated("!");

        String stored =
                postgres.query("SELECT result::text FROM simulation.job WHERE name = '" + id + "'");

        assertTrue(stored.contains("worstCases"), stored);
        assertFalse(stored.contains("prompt 7"));
        assertFalse(stored.contains("The river was kind"), stored);
    }

    @Test
    void casesThatAreGoneLeaveAReportWithoutThem() {
        String id = simulated("!");
        postgres.execute("DELETE FROM simulation.simulation_case WHERE simulation = '" + id + "'");

        String html = page(id);

        assertTrue(html.contains("none of those that did is still stored"));
        assertFalse(html.contains("prompt 7"));
        assertNull(given().get(PATH + id + "/report.json").path("driftExamples[0].candidate"));
    }

    @Test
    void aSimulationThatOnlyReplaysHasAReportToo() {
        ObjectNode request = request(3, "!");
        request.path("logs").forEach(log -> ((ObjectNode) log).remove("candidateOutput"));

        String html = page(post(request));

        assertTrue(html.contains("<span class=\"badge inconclusive\">inconclusive</span>"));
        assertTrue(html.contains("No prompt has a decision on both outputs."));
        assertTrue(html.contains("There are too few prompts with figures of both models."));
    }

    @Test
    void aVeryLargeCaseIsCutToWhatFitsAPage() {
        ObjectNode request = request(30, "!");
        for (var log : request.path("logs")) {
            ((ObjectNode) log).put("llmPrompt", "<&>".repeat(30_000));
            ((ObjectNode) log.path("candidateOutput")).put("speech", "x<&>".repeat(30_000));
        }

        String html = page(post(request));

        assertTrue(html.length() < 1_000_000, () -> html.length() + " characters");
        assertTrue(html.contains("…"));
    }

    @Test
    void whatHasNotCompletedHasNoReportYet() {
        String id = simulated("!");
        postgres.execute("UPDATE simulation.job SET state = 'failed' WHERE name = '" + id + "'");

        given().get(PATH + id + "/report")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("failed"));
        given().get(PATH + id + "/report.json").then().statusCode(409);
    }

    @Test
    void whatIsNoSimulationHasNoReport() {
        given().get(PATH + "none/report").then().statusCode(404);
        given().accept("application/json")
                .get(PATH + simulated("!") + "/report")
                .then()
                .statusCode(406);
        given().post(PATH + "none/report").then().statusCode(405);
    }

    /** 80 prompts; the candidate ends its sentences so, and says nothing on prompt 7. */
    private static String simulated(String ending) {
        return post(request(80, ending));
    }

    private static ObjectNode request(int count, String ending) {
        ObjectNode request = JSON.createObjectNode();
        ArrayNode logs = request.putArray("logs");
        for (int i = 0; i < count; i++) {
            ObjectNode log = logs.addObject();
            log.put("taskType", "game").put("llmPrompt", "prompt " + i);
            said(log.putObject("aceyOutput"), Chatter.line(i));
            said(
                    log.putObject("candidateOutput"),
                    i == 7 ? "" : Chatter.line(i).replace(".", ending));
        }
        return request;
    }

    private static void said(ObjectNode output, String speech) {
        output.put("speech", speech).putArray("intents");
    }

    private static String post(ObjectNode request) {
        return given().contentType("application/json")
                .body(request.toString())
                .post("/api/simulate")
                .then()
                .statusCode(200)
                .body("state", is("completed"))
                .extract()
                .path("id");
    }

    private static String page(String id) {
        return given().accept("text/html,application/xhtml+xml,*/*;q=0.8")
                .get(PATH + id + "/report")
                .then()
                .statusCode(200)
                .contentType("text/html;charset=UTF-8")
                .body(startsWith("<!doctype html>"))
                .extract()
                .asString();
    }

    private static int count(String pattern, String html) {
        return (int) Pattern.compile(pattern).matcher(html).results().count();
    }
}
