package dev.acey.log.threshold;

import static dev.acey.log.Calls.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acey.log.LogDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@LogDatabase
class ThresholdsTest {

    private static final String GUIDE =
            "{\"errorRate\":0.05,\"responseTime\":2000,\"confidenceDrop\":0.1,\"rejectionRate\":0.2,"
                    + "\"minimumSample\":50,\"windowSeconds\":900}";

    @Inject Pool pool;

    @AfterEach
    void theGuides() {
        put(GUIDE).statusCode(200);
    }

    @Test
    void theGuidesThresholdsHoldUntilOthersAreSet() {
        given().get("/api/alerts/thresholds")
                .then()
                .statusCode(200)
                .body("errorRate", equalTo(0.05f))
                .body("responseTime", equalTo(2000.0f))
                .body("confidenceDrop", equalTo(0.1f))
                .body("rejectionRate", equalTo(0.2f))
                .body("minimumSample", equalTo(50))
                .body("windowSeconds", equalTo(900));
    }

    @Test
    void whatIsLeftOutStaysAndTheChangeIsAuditedOnce() {
        long before = audited();
        put("{\"errorRate\":0.1,\"minimumSample\":5}")
                .statusCode(200)
                .body("errorRate", equalTo(0.1f))
                .body("minimumSample", equalTo(5))
                .body("responseTime", equalTo(2000.0f));
        put("{\"errorRate\":0.1}").statusCode(200);
        put("{}").statusCode(200).body("errorRate", equalTo(0.1f));
        assertEquals(1, audited() - before);
        assertEquals(0.1, get("/api/alerts/thresholds").path("errorRate").asDouble());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'errorRate':1.01} | /errorRate",
                "{'errorRate':-0.1} | /errorRate",
                "{'responseTime':3600001} | /responseTime",
                "{'confidenceDrop':2} | /confidenceDrop",
                "{'rejectionRate':-1} | /rejectionRate",
                "{'minimumSample':0} | /minimumSample",
                "{'minimumSample':1000001} | /minimumSample",
                "{'windowSeconds':59} | /windowSeconds",
                "{'windowSeconds':86401} | /windowSeconds",
                "{'windowSeconds':60.5} | /windowSeconds",
                "{'errorRate':'0.1'} | /errorRate",
                "{'errorrate':0.1} | /errorrate"
            })
    void aBadThresholdIsNamed(String body, String pointer) {
        put(body.replace('\'', '"'))
                .statusCode(400)
                .contentType(containsString("application/problem+json"))
                .body("errors[0].pointer", equalTo(pointer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{"})
    void whatIsNoObjectIsRefused(String body) {
        put(body).statusCode(400);
    }

    private long audited() {
        return pool.query("SELECT count(*) FROM audit WHERE action = 'alerts.thresholds'")
                .executeAndAwait()
                .iterator()
                .next()
                .getLong(0);
    }

    private static ValidatableResponse put(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .put("/api/alerts/thresholds")
                .then();
    }
}
