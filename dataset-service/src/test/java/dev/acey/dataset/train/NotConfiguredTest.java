package dev.acey.dataset.train;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;

import dev.acey.dataset.ServiceTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
@TestProfile(NotConfiguredTest.Nothing.class)
class NotConfiguredTest {

    /** No provider, whatever the other tests have. */
    public static class Nothing implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("acey.openai.base-url", "", "acey.kubernetes.template", "");
        }
    }

    @ParameterizedTest
    @CsvSource({"openai, acey.openai.base-url", "kubernetes, acey.kubernetes.template"})
    void aProviderThatIsNotConfiguredNamesTheProperty(String provider, String property) {
        given().contentType("application/json")
                .body(command("\"" + provider + "\""))
                .post("/api/finetune")
                .then()
                .statusCode(422)
                .body("detail", containsString(property))
                .body("errors.pointer", hasItem("/provider"));
    }

    @Test
    void withoutAnyProviderAllPropertiesAreNamed() {
        given().contentType("application/json")
                .body(command("null"))
                .post("/api/finetune?dryRun=true")
                .then()
                .statusCode(422)
                .body("detail", containsString("acey.kubernetes.template"))
                .body("detail", containsString("acey.openai.base-url"));
    }

    private static String command(String provider) {
        return "{\"dataset\":\"game-dataset.jsonl\",\"baseModel\":\"b\",\"provider\":%s}"
                .formatted(provider);
    }
}
