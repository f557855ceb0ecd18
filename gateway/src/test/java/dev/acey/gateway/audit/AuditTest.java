package dev.acey.gateway.audit;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import dev.acey.gateway.MockServices;
import dev.acey.gateway.upstream.Service;
import dev.acey.kit.audit.Subjects;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuditTest {

    private static final Map<Service, Service> KEEPERS =
            Map.of(
                    Service.LOG,
                    Service.DATASET,
                    Service.DATASET,
                    Service.SIMULATION,
                    Service.SIMULATION,
                    Service.ROLLOUT,
                    Service.ROLLOUT,
                    Service.LOG);

    private final ObjectMapper json = new ObjectMapper();

    @Inject Subjects subjects;
    MockServices services;
    PostgresServer postgres;

    /** Three links in each service, and three of the gateway's own. */
    @BeforeEach
    void everyTrailHoldsAndIsAnchored() {
        services.reset();
        for (Service service : Service.values()) {
            has(service, TestTrail.of("from:" + service.key(), 3));
        }
        postgres.execute(
                "TRUNCATE gateway.audit; SET search_path = gateway;"
                        + " SELECT audit_append(i * 1000, 'nina', 'thing.decide', 'from:gateway',"
                        + " '{\"n\":1}') FROM generate_series(1::bigint, 3) AS i");
        anchored(
                Service.LOG,
                "gateway",
                postgres.query(
                        "SELECT json_agg(json_build_object('seq', seq, 'hash', encode(hash, 'hex'))"
                                + " ORDER BY seq) FROM gateway.audit"));
    }

    @Test
    void trailsThatHoldAreIntact() {
        verify().body("intact", is(true))
                .body("firstBroken", nullValue())
                .body("trails.keySet()", is(new java.util.LinkedHashSet<>(Trails.SERVICES)))
                .body("trails.values().checked", everyItem(is(3)))
                .body("trails.values().anchored", everyItem(is(3)))
                .body("trails.gateway.anchoredIn", is("log"))
                .body("trails.log.anchoredIn", is("dataset"))
                .body("trails.dataset.anchoredIn", is("simulation"))
                .body("trails.simulation.anchoredIn", is("rollout"))
                .body("trails.rollout.anchoredIn", is("log"));
    }

    @Test
    void theGatewaysOwnTrailIsCheckedAgainstWhatLogServiceRemembers() {
        postgres.execute("DELETE FROM gateway.audit WHERE seq = 3");

        verify().body("intact", is(false))
                .body("firstBroken.service", is("gateway"))
                .body("firstBroken.seq", is(3))
                .body("firstBroken.kind", is("missing"))
                .body("trails.log.intact", is(true));
    }

    @Test
    void theFirstBrokenLinkOfAnotherServiceIsNamed() {
        List<Map<String, Object>> changed = TestTrail.of("from:rollout", 3);
        Map<String, Object> second = new HashMap<>(changed.get(1));
        second.put("actor", "forger");
        changed.set(1, second);
        links(Service.ROLLOUT, changed);

        verify().body("intact", is(false))
                .body("firstBroken.service", is("rollout"))
                .body("firstBroken.seq", is(2))
                .body("firstBroken.kind", is("changed"))
                .body("firstBroken.detail", containsString("hash"))
                .body("trails.rollout.checked", is(1))
                .body("trails.gateway.damage", nullValue());
    }

    @Test
    void aTrailComputedAnewIsNamedByItsAnchors() {
        links(Service.DATASET, TestTrail.of("from:forger", 3));

        verify().body("firstBroken.service", is("dataset"))
                .body("firstBroken.seq", is(1))
                .body("firstBroken.kind", is("rewritten"));
    }

    @Test
    void oneTrailCanBeCheckedAlone() {
        services.get(Service.SIMULATION)
                .stubFor(
                        get(urlPathEqualTo("/internal/audit/links"))
                                .atPriority(1)
                                .willReturn(down()));

        given().get("/api/audit/verify?service=log")
                .then()
                .statusCode(200)
                .body("trails.keySet()", is(java.util.Set.of("log")));
    }

    @ParameterizedTest
    @CsvSource({"ROLLOUT, /internal/audit/links", "LOG, /internal/audit/anchors/rollout"})
    void whatCannotBeReadIsNotCalledIntact(Service service, String path) {
        services.get(service).stubFor(get(urlPathEqualTo(path)).atPriority(1).willReturn(down()));

        given().get("/api/audit/verify")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .contentType("application/problem+json")
                .body("detail", containsString(service.key()));
    }

    @Test
    void decisionsOfAllServicesAreOneListNewestFirst() {
        JsonPath all = list("limit=1000");

        assertEquals(15, all.getList("entries").size());
        assertEquals(
                List.of("gateway", "log", "dataset", "simulation", "rollout"),
                all.getList("entries.service").subList(0, 5));
        List<String> times = all.getList("entries.at");
        assertEquals(times.stream().sorted(java.util.Comparator.reverseOrder()).toList(), times);
        assertEquals("1970-01-01T00:00:03.000Z", times.get(0));
        assertEquals(1, all.getInt("entries[0].detail.n"));
        assertEquals("thing.decide", all.getString("entries[1].action"));
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepetition() {
        for (Service service : Service.values()) {
            pages(service);
        }
        List<String> met = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page = list("limit=1&cursor=" + cursor);
            for (int i = 0; i < page.getList("entries").size(); i++) {
                met.add(
                        page.getString("entries[" + i + "].service")
                                + page.getInt("entries[" + i + "].seq"));
            }
            cursor = page.getString("nextCursor");
        } while (cursor != null && met.size() < 30);

        assertEquals(
                List.of(
                        "gateway3",
                        "log3",
                        "dataset3",
                        "simulation3",
                        "rollout3",
                        "gateway2",
                        "log2",
                        "dataset2",
                        "simulation2",
                        "rollout2",
                        "gateway1",
                        "log1",
                        "dataset1",
                        "simulation1",
                        "rollout1"),
                met);
    }

    @Test
    void aServiceIsAskedAloneAndForWhatWasAskedFor() {
        given().get(
                        "/api/audit?service=rollout&subject=channel:nina&limit=5"
                                + "&from=2026-01-01&to=2026-01-02T00:00:00Z")
                .then()
                .statusCode(200)
                .body("entries.service", everyItem(is("rollout")));

        services.get(Service.ROLLOUT)
                .verify(
                        com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor(
                                        urlPathEqualTo("/internal/audit/newest"))
                                .withQueryParam("subject", equalTo("channel:nina"))
                                .withQueryParam("subject", equalTo(subjects.channel("nina")))
                                .withQueryParam("from", equalTo("2026-01-01T00:00:00Z"))
                                .withQueryParam("to", equalTo("2026-01-02T00:00:00Z"))
                                .withQueryParam("limit", equalTo("5")));
        services.get(Service.LOG)
                .verify(
                        0,
                        com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor(
                                urlPathEqualTo("/internal/audit/newest")));
    }

    @Test
    void aListWithoutAServiceThatIsAwayIsNoList() {
        services.get(Service.DATASET)
                .stubFor(
                        get(urlPathEqualTo("/internal/audit/newest"))
                                .atPriority(1)
                                .willReturn(down()));

        given().get("/api/audit").then().statusCode(503).body("detail", containsString("dataset"));
        given().get("/api/audit?service=gateway").then().statusCode(200);
    }

    @Test
    void anExportIsEnoughToCheckTheTrailsElsewhere() throws JsonProcessingException {
        String export =
                given().get("/api/audit/export")
                        .then()
                        .statusCode(200)
                        .contentType("application/x-ndjson")
                        .extract()
                        .asString();

        Map<String, String> last = new HashMap<>();
        Map<String, String> anchors = new HashMap<>();
        int agreed = 0;
        for (String text : export.strip().split("\n")) {
            JsonNode line = json.readTree(text);
            String service = line.get("service").textValue();
            String place = service + line.get("seq");
            String hash = line.get("hash").textValue();
            if (line.has("anchoredIn")) {
                anchors.put(place, hash);
                continue;
            }
            String previous = last.getOrDefault(service, TestTrail.BEFORE_THE_FIRST);
            assertEquals(previous, line.get("previousHash").textValue());
            assertEquals(
                    TestTrail.hash(
                            previous,
                            line.get("seq").asLong(),
                            Instant.parse(line.get("at").textValue()),
                            line.get("actor").textValue(),
                            line.get("action").textValue(),
                            line.get("subject").textValue(),
                            line.get("detail").textValue()),
                    hash);
            assertEquals(anchors.get(place), hash);
            last.put(service, hash);
            agreed++;
        }
        assertEquals(15, agreed);
        assertEquals(5, last.size());
    }

    @Test
    void anExportThatCannotBeWholeBreaksOff() {
        services.get(Service.ROLLOUT)
                .stubFor(
                        get(urlPathEqualTo("/internal/audit/links"))
                                .atPriority(1)
                                .willReturn(down()));

        Exception broken =
                org.junit.jupiter.api.Assertions.assertThrows(
                        Exception.class, () -> given().get("/api/audit/export").asString());
        assertTrue(String.valueOf(broken).contains("hunk"), broken.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?service=nobody",
                "?limit=0",
                "?limit=1001",
                "?from=yesterday",
                "?to=1",
                "?cursor=x",
                "?cursor=MSBub2JvZHkgMQ",
                "?subject=a%00b",
                "/verify?service=nobody",
                "/export?service=nobody",
            })
    void whatIsAskedWronglyIsNamed(String query) {
        given().urlEncodingEnabled(false)
                .get("/api/audit" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(notNullValue()));
    }

    @Test
    void whatAServiceIsAskedInternallyIsNotForClients() {
        given().get("/internal/audit/links").then().statusCode(404);
    }

    private ValidatableResponse verify() {
        return given().get("/api/audit/verify").then().statusCode(200);
    }

    private static JsonPath list(String query) {
        return given().get("/api/audit?" + query).then().statusCode(200).extract().jsonPath();
    }

    private void has(Service service, List<Map<String, Object>> trail) {
        links(service, trail);
        anchored(
                KEEPERS.get(service),
                service.key(),
                text(
                        trail.stream()
                                .map(l -> Map.of("seq", l.get("seq"), "hash", l.get("hash")))
                                .toList()));
    }

    private void links(Service service, List<Map<String, Object>> trail) {
        WireMockServer mock = services.get(service);
        mock.stubFor(get(urlPathEqualTo("/internal/audit/links")).willReturn(okJson("[]")));
        mock.stubFor(
                get(urlPathEqualTo("/internal/audit/links"))
                        .withQueryParam("after", equalTo("0"))
                        .willReturn(okJson(text(trail))));
        List<Map<String, Object>> newest = new ArrayList<>(trail);
        java.util.Collections.reverse(newest);
        mock.stubFor(
                get(urlPathEqualTo("/internal/audit/newest")).willReturn(okJson(text(newest))));
    }

    /** One link a page, found by the place the gateway names. */
    private void pages(Service service) {
        List<Map<String, Object>> trail = TestTrail.of("from:" + service.key(), 3);
        WireMockServer mock = services.get(service);
        mock.stubFor(
                get(urlPathEqualTo("/internal/audit/newest"))
                        .willReturn(okJson(text(List.of(trail.get(2))))));
        for (int second = 1; second <= 3; second++) {
            String time = Instant.ofEpochSecond(second).toString();
            at(mock, time, "999999999999999999", List.of(trail.get(second - 1)));
            List<Map<String, Object>> before =
                    second == 1 ? List.of() : List.of(trail.get(second - 2));
            at(mock, time, String.valueOf(second), before);
            at(mock, time, "0", before);
        }
    }

    private void at(WireMockServer mock, String time, String seq, List<Map<String, Object>> links) {
        mock.stubFor(
                get(urlPathEqualTo("/internal/audit/newest"))
                        .withQueryParam("beforeAt", equalTo(time))
                        .withQueryParam("beforeSeq", equalTo(seq))
                        .willReturn(okJson(text(links))));
    }

    /** Remembers these, and gives them behind whatever link it is asked for. */
    private void anchored(Service keeper, String service, String anchors) {
        String path = "/internal/audit/anchors/" + service;
        List<Map<String, Object>> all = new JsonPath(anchors).getList("$");
        for (int after = 0; after <= all.size(); after++) {
            services.get(keeper)
                    .stubFor(
                            get(urlPathEqualTo(path))
                                    .withQueryParam("after", equalTo(String.valueOf(after)))
                                    .willReturn(okJson(text(all.subList(after, all.size())))));
        }
    }

    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder down() {
        return aResponse().withStatus(503).withHeader("Content-Type", "application/problem+json");
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
