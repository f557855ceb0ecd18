package dev.acey.dataset.train;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.FakeLogService;
import dev.acey.dataset.FakeRolloutService;
import dev.acey.dataset.ServiceTest;
import dev.acey.kit.test.PostgresServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
@WithTestResource(value = FakeCluster.class, scope = TestResourceScope.GLOBAL)
class ClusterTest {

    private static final String PATH = "/api/finetune";
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String COMMAND =
            "{\"dataset\":\"trust-dataset.jsonl\",\"baseModel\":\"base-1\",\"provider\":\"kubernetes\"}";

    FakeLogService logs;
    FakeCluster cluster;
    FakeRolloutService rollout;
    PostgresServer postgres;

    @BeforeEach
    void aDataset() {
        rollout.takesEverything();
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            entries.add(Entries.good(i).put("taskType", "trust"));
        }
        logs.holds(entries);
        given().contentType("application/json")
                .body("{\"taskTypes\":[\"trust\"]}")
                .post("/api/dataset/prepare")
                .then()
                .statusCode(200)
                .body("datasets.trust.count", equalTo(5));
    }

    @Test
    void theTeamsTemplateBecomesATrainingAndItsMessageTheModel() {
        String id = train();
        GenericKubernetesResource made = only(id);
        Map<String, String> environment = environment(made);
        assertEquals("base-1", environment.get("ACEY_BASE_MODEL"));
        assertEquals("7", environment.get("TEAM_SETTING"));
        assertEquals("structured", environment.get("ACEY_DATASET_FORMAT"));
        assertTrue(environment.get("ACEY_DATASET_URL").contains("trust-dataset.jsonl?version="));
        assertEquals("acey", made.getMetadata().getLabels().get("team"));

        cluster.ends(
                name(id), "Complete", 0, "{\"model\":\"trust-ft\",\"metrics\":{\"loss\":0.5}}");
        JsonPath training = end(id);

        assertEquals("succeeded", training.getString("state"));
        assertEquals("trust-ft", training.getString("resultModel"));
        assertEquals(0.5, training.getDouble("metrics.loss"));
        assertEquals(
                "http://models.example/v1",
                rollout.putAt("/api/models/.*").get(0).path("baseUrl").asText());
    }

    @Test
    void aTrainingWhoseWorkerWasLostIsMadeOnce() {
        String id = train();
        only(id);
        postgres.execute(
                "UPDATE dataset.job SET due_at = now(), lease_version = NULL, lease_owner = NULL,"
                        + " state = 'waiting', version = version + 1000, checkpoint ="
                        + " '{\"submitting\": true, \"quiet\": 0}' WHERE id = '"
                        + id
                        + "'");
        await().atMost(SOON).until(() -> get(id).getString("providerJobId") != null);
        only(id);
        cluster.ends(name(id), "Complete", 0, "plain-name\n");
        assertEquals("plain-name", end(id).getString("resultModel"));
    }

    @Test
    void aTrainingThatFailsSaysWhy() {
        String id = train();
        only(id);
        cluster.ends(name(id), "Failed", 1, "out of memory");
        JsonPath training = end(id);
        assertEquals("failed", training.getString("state"));
        assertTrue(training.getString("error").contains("as the test wants it"));
    }

    @Test
    void aModelNobodyNamedIsNone() {
        String id = train();
        only(id);
        cluster.ends(name(id), "Complete", 0, "");
        assertEquals("failed", end(id).getString("state"));
    }

    @Test
    void aCancelledTrainingLeavesTheCluster() {
        String id = train();
        only(id);
        given().post(PATH + "/" + id + "/cancel").then().statusCode(200);
        assertEquals("cancelled", end(id).getString("state"));
        assertEquals(0, made(id).size());
    }

    @Test
    void aDryRunShowsTheManifest() {
        given().contentType("application/json")
                .body(COMMAND)
                .post(PATH + "?dryRun=true")
                .then()
                .statusCode(200)
                .body("payload.kind", equalTo("TrainJob"))
                .body("payload.metadata.namespace", equalTo("training"))
                .body("payload.spec.trainer.env.name", hasItem("ACEY_DATASET_URL"));
    }

    private static String train() {
        return given().contentType("application/json")
                .header("Prefer", "respond-async")
                .body(COMMAND)
                .post(PATH)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private GenericKubernetesResource only(String id) {
        await().atMost(SOON).until(() -> made(id).size() == 1);
        return made(id).get(0);
    }

    private List<GenericKubernetesResource> made(String id) {
        return cluster.trainJobs().stream()
                .filter(one -> one.getMetadata().getName().equals(name(id)))
                .toList();
    }

    private static Map<String, String> environment(GenericKubernetesResource made) {
        List<Map<String, String>> all = made.get("spec", "trainer", "env");
        return all.stream()
                .collect(Collectors.toMap(one -> one.get("name"), one -> one.get("value")));
    }

    private static String name(String id) {
        return "acey-" + id;
    }

    private static JsonPath get(String id) {
        return given().get(PATH + "/" + id).then().statusCode(200).extract().jsonPath();
    }

    private static JsonPath end(String id) {
        await().atMost(SOON).until(() -> get(id).getString("endedAt") != null);
        return get(id);
    }
}
