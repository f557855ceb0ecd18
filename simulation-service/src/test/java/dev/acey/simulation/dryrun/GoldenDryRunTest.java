package dev.acey.simulation.dryrun;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.RolloutService;
import dev.acey.kit.test.RolloutServiceResource;
import dev.acey.rules.CanonicalJson;
import dev.acey.rules.golden.GoldenCase;
import dev.acey.rules.golden.GoldenCases;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine's golden cases, judged by a dry run. */
@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
@WithTestResource(value = RolloutServiceResource.class, scope = TestResourceScope.GLOBAL)
class GoldenDryRunTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    RolloutService rollout;

    static Stream<String> shipped() {
        return GoldenCases.all().stream().filter(GoldenCase::isShipped).map(GoldenCase::name);
    }

    static Stream<String> withRulesOfTheirOwn() {
        return GoldenCases.all().stream().filter(c -> !c.isShipped()).map(GoldenCase::name);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void aClientSeesTheVerdictByteForByte(String name) throws IOException {
        GoldenCase golden = golden(name);
        assertVerdict(golden, answer(request(golden)));
    }

    @ParameterizedTest
    @MethodSource("withRulesOfTheirOwn")
    void otherRulesThatAreNamedGiveTheirVerdictByteForByte(String name) throws IOException {
        GoldenCase golden = golden(name);
        rollout.knows(golden.rules().hash(), golden.rules().canonical());
        assertVerdict(golden, answer(request(golden).put("ruleSet", golden.rules().hash())));
    }

    private static ObjectNode answer(ObjectNode request) throws IOException {
        return (ObjectNode)
                JSON.readTree(
                        given().contentType("application/json")
                                .body(JSON.writeValueAsBytes(request))
                                .post("/api/dryrun")
                                .then()
                                .statusCode(200)
                                .extract()
                                .asByteArray());
    }

    private static void assertVerdict(GoldenCase golden, ObjectNode answer) {
        JsonNode hash = answer.remove("deterministicHash");
        assertEquals(
                new String(golden.verdict(), UTF_8),
                new String(CanonicalJson.encode(answer), UTF_8));
        assertEquals(CanonicalJson.sha256(golden.verdict()), hash.textValue());
    }

    private static ObjectNode request(GoldenCase golden) {
        ObjectNode request = JSON.createObjectNode();
        request.set("aceyOutput", golden.output());
        request.set("state", golden.state().toJson());
        request.put("at", golden.at().toString());
        return request;
    }

    private static GoldenCase golden(String name) {
        return GoldenCases.all().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
