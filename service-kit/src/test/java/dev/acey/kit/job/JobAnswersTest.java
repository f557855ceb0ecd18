package dev.acey.kit.job;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.ProblemException;
import dev.acey.kit.test.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "kit"))
@WithTestResource(value = ShortLeases.class, scope = TestResourceScope.GLOBAL)
class JobAnswersTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Jobs jobs;
    @Inject ScriptedHandler handler;

    @Test
    void workThatIsDoneSoonIsAnsweredInFull() {
        handler.scripts.put("soon", run -> Uni.createFrom().nullItem());

        given().post("/api/things/soon").then().statusCode(200).body("state", is("completed"));
    }

    @Test
    void workThatFailedIsAnsweredWithTheResource() {
        handler.scripts.put(
                "fails", run -> Uni.createFrom().failure(ProblemException.conflict("no")));

        given().post("/api/things/fails").then().statusCode(200).body("state", is("failed"));
    }

    @Test
    void workThatTakesLongerIsAnsweredWithAPlaceToLook() {
        CompletableFuture<Void> gate = gated("longer");

        String id =
                given().post("/api/things/longer")
                        .then()
                        .statusCode(202)
                        .header("Location", matchesPattern(".*/api/things/[0-9a-f-]{36}"))
                        .body("state", is("running"))
                        .body("progress.total", notNullValue())
                        .extract()
                        .path("id");

        gate.complete(null);
        assertEquals(JobState.COMPLETED, end(id).state());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "respond-async",
                "Respond-Async; foo=bar",
                "wait=10, respond-async",
                "return=minimal,respond-async,wait=1"
            })
    void whoPrefersToComeBackIsAnsweredAtOnce(String prefer) {
        CompletableFuture<Void> gate = gated("async" + prefer.hashCode());

        String id =
                given().header("Prefer", prefer)
                        .post("/api/things/async" + prefer.hashCode())
                        .then()
                        .statusCode(202)
                        .header("Preference-Applied", equalTo("respond-async"))
                        .header("Location", matchesPattern(".*/api/things/[0-9a-f-]{36}"))
                        .body("state", is("running"))
                        .extract()
                        .path("id");

        gate.complete(null);
        assertEquals(JobState.COMPLETED, end(id).state());
    }

    @Test
    void otherPreferencesChangeNothing() {
        handler.scripts.put("other", run -> Uni.createFrom().nullItem());

        given().header("Prefer", "respond-async-not, wait=10")
                .post("/api/things/other")
                .then()
                .statusCode(200);
    }

    @Test
    void theEventsOfAResourceEndWithItsEndState() throws Exception {
        CompletableFuture<Void> gate = gated("streamed");
        Job job =
                jobs.submit(ScriptedHandler.KIND, "streamed", JobJson.read("{}"))
                        .await()
                        .atMost(SOON);
        await().atMost(SOON)
                .until(
                        () ->
                                jobs.find(job.id()).await().atMost(SOON).orElseThrow().state()
                                        == JobState.RUNNING);

        CompletableFuture<Response> stream =
                CompletableFuture.supplyAsync(
                        () ->
                                given().header("Last-Event-ID", "not a number")
                                        .get("/api/things/" + job.id() + "/events"));
        gate.complete(null);
        Response answer = stream.get(20, TimeUnit.SECONDS);

        assertEquals(200, answer.statusCode());
        assertTrue(answer.contentType().startsWith("text/event-stream"), answer.contentType());
        List<String> data =
                Arrays.stream(answer.asString().split("\n"))
                        .filter(l -> l.startsWith("data"))
                        .toList();
        List<Long> ids =
                Arrays.stream(answer.asString().split("\n"))
                        .filter(l -> l.startsWith("id:"))
                        .map(l -> Long.valueOf(l.substring(3).strip()))
                        .toList();
        JsonNode last = JobJson.read(data.get(data.size() - 1).substring("data:".length()));
        assertEquals("completed", last.get("state").textValue());
        assertEquals(data.size(), ids.size());
        assertEquals(ids.stream().sorted().distinct().toList(), ids);
    }

    @Test
    void theEventsOfAJobThatEndedAreItsEndState() {
        handler.scripts.put("ended", run -> Uni.createFrom().nullItem());
        String id = given().post("/api/things/ended").then().extract().path("id");

        String stream = given().get("/api/things/" + id + "/events").asString();

        assertEquals(1, stream.split("data:", -1).length - 1, stream);
        assertTrue(stream.contains("\"completed\""), stream);
    }

    @Test
    void theEventsOfNothingAreNotFound() {
        given().get("/api/things/" + new UUID(0, 1) + "/events")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    private CompletableFuture<Void> gated(String name) {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        handler.scripts.put(name, run -> Uni.createFrom().completionStage(gate).map(done -> null));
        return gate;
    }

    private Job end(String id) {
        return jobs.awaitEnd(UUID.fromString(id), SOON).await().atMost(SOON);
    }
}
