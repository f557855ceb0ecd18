package dev.acey.dataset.prepare;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.acey.dataset.ServiceTest;
import dev.acey.kit.test.PostgresServer;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

@ServiceTest
class EarlierReleaseTest {

    PostgresServer postgres;

    @Test
    void aPreparationOfAnEarlierReleaseIsStillShown() {
        JsonPath prepared =
                given().contentType("application/json")
                        .body("{\"taskTypes\":[\"earlier\"]}")
                        .post("/api/dataset/prepare")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
        postgres.execute(
                "UPDATE dataset.job SET config = (config::jsonb"
                        + " #- '{settings,nearDuplicateThreshold}' #- '{settings,split}'"
                        + " #- '{settings,redactPersonalData}' #- '{settings,seed}'"
                        + " #- '{settings,maxUnreviewedShare}'"
                        + " || '{\"notApplied\": [{\"setting\": \"x\", \"detail\": \"y\"}]}')::text"
                        + " WHERE id = '"
                        + prepared.getString("id")
                        + "'");

        given().get("/api/dataset/prepare/" + prepared.getString("id"))
                .then()
                .statusCode(200)
                .body("settings.nearDuplicateThreshold", nullValue())
                .body("settings.redactPersonalData", equalTo(false))
                .body("settings.split.train", equalTo(1.0f));
    }
}
