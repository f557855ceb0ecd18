package dev.acey.gateway.health;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.acey.gateway.StubServices;
import dev.acey.gateway.upstream.Service;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.net.URL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class HealthTest {

    @TestHTTPResource(value = "/", management = true)
    URL management;

    StubServices services;
    PostgresServer postgres;

    @BeforeEach
    void everybodyIsReady() {
        for (Service service : Service.values()) {
            services.get(service).answer(request -> request.response().end("{}"));
        }
    }

    @Test
    void everyPartIsNamedAndUp() {
        health().statusCode(200)
                .body("status", is("UP"))
                .body("services", aMapWithSize(6))
                .body("services.gateway", is("UP"))
                .body("services.log", is("UP"))
                .body("services.dataset", is("UP"))
                .body("services.simulation", is("UP"))
                .body("services.rollout", is("UP"))
                .body("services.database", is("UP"))
                .body("details", nullValue());
    }

    @Test
    void whatAServiceTellsOfItselfIsShown() {
        services.get(Service.ROLLOUT)
                .answer(
                        request ->
                                request.response()
                                        .end(
                                                "{\"status\": \"UP\", \"checks\": [{\"name\":"
                                                        + " \"routes\", \"status\": \"UP\","
                                                        + " \"data\": {\"settings\": \"stale\"}},"
                                                        + " {\"name\": \"plain\"}]}"));
        health().statusCode(200)
                .body("details", aMapWithSize(1))
                .body("details.rollout", aMapWithSize(1))
                .body("details.rollout.routes.settings", is("stale"));
    }

    @ParameterizedTest
    @EnumSource
    void oneServiceThatIsNotReadyIsEnoughForDown(Service service) {
        services.get(service).answer(request -> request.response().setStatusCode(503).end("{}"));
        health().statusCode(503)
                .body("status", is("DOWN"))
                .body("services." + service.key(), is("DOWN"))
                .body("services.gateway", is("UP"));
    }

    @Test
    void servicesThatSayNothingAreDownAfterTwoSecondsTogether() {
        for (Service service : Service.values()) {
            services.get(service).answer(request -> {});
        }
        health().statusCode(503)
                .body("services.log", is("DOWN"))
                .body("services.database", is("UP"));
    }

    @Test
    void aServiceThatIsGoneIsDown() {
        services.get(Service.DATASET).stop();
        try {
            health().statusCode(503).body("services.dataset", is("DOWN"));
        } finally {
            services.get(Service.DATASET).listen();
        }
    }

    @Test
    void withoutItsDatabaseTheGatewayIsReadyAllTheSame() {
        postgres.stop();
        try {
            health().statusCode(503)
                    .body("services.database", is("DOWN"))
                    .body("services.gateway", is("UP"));
            given().get(management + "health/ready").then().statusCode(200);
        } finally {
            postgres.start();
        }
        await().until(() -> health().extract().statusCode() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"health", "health/live", "health/ready"})
    void theManagementPortHasTheGatewaysOwnHealth(String path) {
        given().get(management + path).then().statusCode(200).body("status", is("UP"));
    }

    @Test
    void metricsAreOnTheManagementPortAndDoNotGrowWithThePathsAsked() {
        for (int i = 0; i < 5; i++) {
            given().get("/api/logs/metric-" + i).then().statusCode(200);
            given().get("/no/such/metric-" + i).then().statusCode(404);
        }
        given().get(management + "metrics")
                .then()
                .statusCode(200)
                .body(containsString("acey_proxy_breaker_open{service=\"log\""))
                .body(containsString("http_server_requests_seconds_count"))
                .body(not(containsString("metric-0")));
        given().get("/metrics").then().statusCode(404);
        given().get("/q/metrics").then().statusCode(404);
    }

    private static ValidatableResponse health() {
        return given().get("/health").then();
    }
}
