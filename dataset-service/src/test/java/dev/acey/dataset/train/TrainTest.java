package dev.acey.dataset.train;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.ObjectMappers;
import com.openai.models.finetuning.jobs.FineTuningJob;
import com.openai.models.finetuning.jobs.JobCreateParams;
import dev.acey.dataset.Entries;
import dev.acey.dataset.FakeLogService;
import dev.acey.dataset.FakeRolloutService;
import dev.acey.dataset.ServiceTest;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
@WithTestResource(value = FakeOpenAi.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = FakeRolloutService.class, scope = TestResourceScope.GLOBAL)
class TrainTest {

    private static final String PATH = "/api/finetune";
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String DATASET = "audio-dataset.jsonl";

    FakeLogService logs;
    FakeOpenAi openai;
    FakeRolloutService rollout;
    PostgresServer postgres;

    @ConfigProperty(name = "acey.keys.dir")
    Path keys;

    private int version;

    @BeforeEach
    void aDatasetAndAKey() throws IOException {
        openai.comesTo("succeeded");
        rollout.takesEverything();
        Files.createDirectories(keys);
        Files.writeString(keys.resolve("openai"), "a-secret\n");
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            entries.add(Entries.good(i).put("taskType", "audio"));
        }
        logs.holds(entries);
        version =
                given().contentType("application/json")
                        .body("{\"taskTypes\":[\"audio\"]}")
                        .post("/api/dataset/prepare")
                        .then()
                        .statusCode(200)
                        .body("datasets.audio.count", equalTo(12))
                        .extract()
                        .path("datasets.audio.version");
    }

    @Test
    void whatIsTrainedBecomesTheTasksCandidate() {
        JsonPath training = end(train("{}"));

        assertEquals("succeeded", training.getString("state"));
        assertEquals(FakeOpenAi.RESULT, training.getString("resultModel"));
        assertEquals("audio", training.getString("candidateOf"));
        assertEquals(10, training.getInt("checkpoints[0].step"));
        assertEquals(0.25, training.getDouble("metrics.train_loss"));
        assertEquals("Step 2", training.getString("events[1].message"));
        assertEquals(1_000_000, training.getInt("cost.trainedTokens"));
        assertEquals(25, training.getDouble("cost.estimatedUsd"));
        String model = training.getString("model");
        JsonNode registered = rollout.putAt("/api/models/" + model).get(0);
        assertEquals(openai.url(), registered.path("baseUrl").asText());
        assertEquals(FakeOpenAi.RESULT, registered.path("upstreamModel").asText());
        assertEquals("file:openai", registered.path("apiKeyRef").asText());
        JsonNode lineage = rollout.putAt("/internal/models/" + model + "/lineage").get(0);
        assertEquals(version, lineage.path("version").asInt());
        assertEquals(training.getString("id"), lineage.path("training").asText());
        assertEquals(
                model,
                rollout.putAt("/internal/tasks/audio/candidate").get(0).path("model").asText());
        given().get(PATH).then().body("trainings[0].id", equalTo(training.getString("id")));
    }

    @Test
    void theProviderGetsConversationsAndKeepsNoFile() {
        end(train("{}"));

        assertEquals(List.of(), openai.files());
        String content = openai.contents().get(0);
        assertEquals(12, content.lines().count());
        JsonNode first = Entries.parse(content.lines().findFirst().orElseThrow());
        JsonNode last = first.at("/messages/" + (first.path("messages").size() - 1));
        assertEquals("assistant", last.path("role").asText());
        assertTrue(last.path("content").asText().startsWith("answer "));
    }

    @Test
    void aDatasetThatWasSplitIsCheckedByItsValidationPart() {
        JsonPath made =
                given().contentType("application/json")
                        .body(
                                "{\"taskTypes\":[\"audio\"],\"split\":{\"train\":0.5,\"validation\":0.5}}")
                        .post("/api/dataset/prepare")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
        version = made.getInt("datasets.audio.version");
        int learned = made.getInt("datasets.audio.count");

        end(train("{}"));

        assertEquals(learned, openai.contents().get(0).lines().count());
        assertEquals(12 - learned, openai.contents().get(1).lines().count());
        assertTrue(openai.payloads().get(0).path("validation_file").isTextual());
        assertEquals(List.of(), openai.files());
    }

    /** openai-java reads what we send, and what the fake that stands in for the API tells. */
    @Test
    void anIndependentClientUnderstandsPayloadAndJob() throws IOException {
        end(train("{\"n_epochs\": 2}"));

        JobCreateParams.Body body =
                ObjectMappers.jsonMapper()
                        .readValue(openai.payloads().get(0).toString(), JobCreateParams.Body.class)
                        .validate();
        assertEquals("base-1", body.model().asString());
        assertEquals(
                2L,
                body.method()
                        .orElseThrow()
                        .supervised()
                        .orElseThrow()
                        .hyperparameters()
                        .orElseThrow()
                        .nEpochs()
                        .orElseThrow()
                        .asInteger());
        OpenAIClient client =
                OpenAIOkHttpClient.builder().baseUrl(openai.url()).apiKey("a-secret").build();
        FineTuningJob job =
                client.fineTuning()
                        .jobs()
                        .retrieve(openai.jobs().get(0).get("id").asText())
                        .validate();
        assertEquals(FakeOpenAi.RESULT, job.fineTunedModel().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "POST /files, true",
        "POST /files, false",
        "POST /fine_tuning/jobs, true",
        "POST /fine_tuning/jobs, false"
    })
    void aSubmissionWhoseAnswerIsLostIsNotMadeAgain(String request, boolean keepsMetadata) {
        if (!keepsMetadata) {
            openai.forgetsMetadata();
        }
        openai.losesTheAnswerTo(request);

        JsonPath training = end(train("{}"));

        assertEquals("succeeded", training.getString("state"));
        assertEquals(1, openai.jobs().size());
        assertEquals(1, openai.contents().size());
    }

    @Test
    void aTrainingWhoseWorkerWasLostIsSubmittedOnce() {
        openai.comesTo("running");
        String id = train("{}");
        await().atMost(SOON).until(() -> openai.jobs().size() == 1);

        // As if the worker had died when the job was made and not yet recorded.
        postgres.execute(
                "UPDATE dataset.job SET due_at = now(), lease_version = NULL, lease_owner = NULL,"
                        + " state = 'waiting', version = version + 1000, checkpoint ="
                        + " '{\"submitting\": true, \"quiet\": 0}' WHERE id = '"
                        + id
                        + "'");
        await().atMost(SOON).until(() -> get(id).getString("providerJobId") != null);
        given().post(PATH + "/" + id + "/cancel").then().statusCode(200);

        assertEquals("cancelled", end(id).getString("state"));
        assertEquals(1, openai.jobs().size());
        assertEquals("cancelled", openai.jobs().get(0).path("status").asText());
        assertEquals(List.of(), openai.files());
    }

    @Test
    void aTrainingThatFailsSaysWhyAndRegistersNothing() {
        openai.comesTo("failed");

        JsonPath training = end(train("{}"));

        assertEquals("failed", training.getString("state"));
        assertEquals("a bad loss", training.getString("error"));
        assertEquals(List.of(), rollout.requests("PUT", "/.*"));
        assertEquals(List.of(), openai.files());
    }

    @Test
    void whatTheProviderRefusesIsNotTriedAgain() {
        openai.answers(400, 1);

        JsonPath training = end(train("{}"));

        assertEquals("failed", training.getString("state"));
        assertTrue(training.getString("error").contains("as the test wants it"));
        assertEquals(0, openai.jobs().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aProviderThatIsAwayIsWaitedFor(int status) {
        openai.answers(status, 3);

        assertEquals("succeeded", end(train("{}")).getString("state"));
        assertEquals(1, openai.jobs().size());
    }

    @Test
    void aTaskWithoutABaselineHasNoCandidateButItsModel() {
        rollout.answersPut("/internal/tasks/.*", 422);

        JsonPath training = end(train("{}"));

        assertEquals("succeeded", training.getString("state"));
        assertEquals(null, training.getString("candidateOf"));
        assertFalse(training.getString("model").isEmpty());
        assertTrue(training.getString("detail").contains("candidate"));
    }

    @Test
    void aVersionThatIsBeingLearnedFromIsNotDeleted() {
        openai.comesTo("running");
        String id = train("{}");
        await().atMost(SOON).until(() -> get(id).getString("state").equals("running"));

        deleteVersion().statusCode(409).body("detail", containsString(id));
        given().post(PATH + "/" + id + "/cancel").then().statusCode(200);
        end(id);
        deleteVersion().statusCode(204);
        post("{\"dataset\":\"%s\",\"version\":%d,\"baseModel\":\"b\"}".formatted(DATASET, version))
                .statusCode(410);
    }

    @Test
    void aDryRunShowsPayloadAndCostAndDoesNothing() {
        given().contentType("application/json")
                .body(command("{\"n_epochs\": 4}"))
                .post(PATH + "?dryRun=true")
                .then()
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("provider", equalTo("openai"))
                .body("payload.file.examples", equalTo(12))
                .body("payload.job.model", equalTo("base-1"))
                .body("payload.job.method.supervised.hyperparameters.n_epochs", equalTo(4))
                .body("cost.estimatedTokens", notNullValue())
                .body("cost.trainedTokens", nullValue());
        assertEquals(List.of(), openai.requests());
    }

    @Test
    void theSameKeyIsTheSameTraining() {
        String key = "train-" + version;
        String first =
                given().header("Idempotency-Key", key)
                        .with()
                        .body(command("{}"))
                        .contentType("application/json")
                        .header("Prefer", "respond-async")
                        .post(PATH)
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        end(first);
        given().header("Idempotency-Key", key)
                .body(command("{}"))
                .contentType("application/json")
                .post(PATH)
                .then()
                .statusCode(200)
                .body("id", equalTo(first));
        given().header("Idempotency-Key", key)
                .body(command("{\"n_epochs\": 9}"))
                .contentType("application/json")
                .post(PATH)
                .then()
                .statusCode(409);
        assertEquals(1, openai.jobs().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 400 | /dataset",
                "{\"dataset\": \"audio-dataset.jsonl\"} | 400 | /baseModel",
                "{\"dataset\": \"audio-dataset.jsonl\", \"baseModel\": \"a b\"} | 400 | /baseModel",
                "{\"dataset\": \"audio-dataset.jsonl\", \"baseModel\": \"b\", \"version\": 0} | 400 | /version",
                "{\"dataset\": \"audio-dataset.jsonl\", \"baseModel\": \"b\", \"suffix\": \"a_b\"} | 400 | /suffix",
                "{\"dataset\": \"audio-dataset.jsonl\", \"baseModel\": \"b\", \"provider\": \"x\"} | 400 | /provider",
                "{\"dataset\": \"audio-dataset.jsonl\", \"baseModel\": \"b\", \"hyperparameters\": {\"a\": []}} | 400 | /hyperparameters/a",
                "{\"dataset\": \"audio-dataset.jsonl\", \"baseModel\": \"b\", \"hyperparameters\": []} | 400 | /hyperparameters",
                "{\"dataset\": \"audio-dataset.jsonl\", \"baseModel\": \"b\", \"epochs\": 3} | 400 | /epochs"
            })
    void aCommandThatBreaksARuleIsRefusedByName(String body, int status, String pointer) {
        post(body).statusCode(status).body("errors.pointer", hasItem(pointer));
    }

    @Test
    void whatIsNotThereSaysSo() {
        post("{\"dataset\":\"nobody-dataset.jsonl\",\"baseModel\":\"b\"}").statusCode(404);
        post("null").statusCode(400);
        given().get(PATH + "/x").then().statusCode(404);
        given().get(PATH + "/0192f0c1-0000-7000-8000-000000000000").then().statusCode(404);
        given().post(PATH + "/0192f0c1-0000-7000-8000-000000000000/cancel").then().statusCode(404);
        given().get(PATH + "?limit=0").then().statusCode(400);
        given().get(PATH + "?cursor=x").then().statusCode(400);
        given().get(PATH + "?limit=1").then().body("trainings", hasSize(1));
    }

    private ValidatableResponse deleteVersion() {
        return given().delete("/api/dataset/" + DATASET + "?version=" + version).then();
    }

    private String command(String hyperparameters) {
        return "{\"dataset\":\"%s\",\"version\":%d,\"baseModel\":\"base-1\",\"provider\":\"openai\",\"hyperparameters\":%s}"
                .formatted(DATASET, version, hyperparameters);
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json").body(body).post(PATH).then();
    }

    private String train(String hyperparameters) {
        return given().contentType("application/json")
                .header("Prefer", "respond-async")
                .body(command(hyperparameters))
                .post(PATH)
                .then()
                .statusCode(202)
                .header("Location", containsString(PATH))
                .body("state", equalTo("queued"))
                .extract()
                .path("id");
    }

    private static JsonPath get(String id) {
        return given().get(PATH + "/" + id).then().statusCode(200).extract().jsonPath();
    }

    private static JsonPath end(String id) {
        await().atMost(SOON).until(() -> get(id).getString("endedAt") != null);
        return get(id);
    }
}
