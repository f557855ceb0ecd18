package dev.acey.gateway.openapi;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.acey.gateway.StubServices;
import dev.acey.gateway.upstream.Service;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiTest {

    private static final String LOG =
            """
            {"openapi": "3.1.0", "info": {"title": "log"}, "paths": {
               "/api/logs/{id}": {"get": {"operationId": "get", "tags": ["Logs"]}},
               "/internal/logs": {"post": {}},
               "/api/dataset/list": {"get": {"summary": "not log-service's"}}},
             "tags": [{"name": "Logs", "description": "What was said"}]}
            """;

    StubServices services;

    @BeforeEach
    void everybodyHasAPart() {
        for (Service service : Service.values()) {
            services.get(service).answer(request -> request.response().setStatusCode(404).end());
        }
        services.get(Service.LOG)
                .answer(
                        request ->
                                request.response()
                                        .putHeader("Content-Type", "application/json")
                                        .end(LOG));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> document().extract().asString().contains("/api/logs/{id}"));
    }

    @Test
    void theWholeApiIsOneDocument() {
        document()
                .statusCode(200)
                .contentType("application/json")
                .body("openapi", startsWith("3."))
                .body("info.title", is("Acey Loop"))
                .body("paths", hasKey("/api/logs/{id}"))
                .body("paths", hasKey("/api/workflow/start"))
                .body("paths", hasKey("/health"))
                .body("paths", not(hasKey("/internal/logs")))
                .body("paths", not(hasKey("/api/dataset/list")))
                .body("tags.find { it.name == 'Logs' }.description", is("What was said"))
                .body("components.schemas", hasKey("WorkflowSettings"))
                .body("components.schemas.WorkflowSettings.properties", hasKey("schedule"));
    }

    @Test
    void aServiceThatIsDownLeavesItsLastKnownPart() {
        services.get(Service.LOG).stop();
        try {
            // Longer than an answer is kept, so that the services are asked anew.
            await().during(Duration.ofSeconds(6))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> document().extract().asString().contains("/api/logs/{id}"));
        } finally {
            services.get(Service.LOG).listen();
        }
    }

    @Test
    void itIsYamlForThoseWhoPreferIt() {
        given().accept("application/yaml")
                .get("/openapi")
                .then()
                .statusCode(200)
                .contentType("application/yaml")
                .body(startsWith("---\nopenapi: \"3."));
    }

    @Test
    void thePageToTryItNeedsNothingFromElsewhere() {
        String page =
                given().get("/docs/")
                        .then()
                        .statusCode(200)
                        .contentType("text/html")
                        .body(containsString("/openapi"))
                        .body(not(containsString("/q/openapi")))
                        .body(not(containsString("https://unpkg")))
                        .extract()
                        .asString();
        org.junit.jupiter.api.Assertions.assertFalse(
                page.matches("(?s).*(src|href)=\"https?://.*"), page);
        given().get("/docs/swagger-ui-bundle.js").then().statusCode(200);
        given().redirects().follow(false).get("/docs").then().statusCode(is(302));
        given().get("/").then().statusCode(200).body(containsString("/docs"));
    }

    private static ValidatableResponse document() {
        return given().accept("application/json").get("/openapi").then();
    }
}
