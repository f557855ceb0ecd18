package dev.acey.simulation.criteria;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
class CriteriaTest {

    private static final String PATH = "/api/simulate/criteria/";

    PostgresServer postgres;

    @Test
    void untilSomebodyDecidesTheDefaultsHold() {
        given().get(PATH + "never-decided")
                .then()
                .statusCode(200)
                .body("version", is(0))
                .body("flipTolerance", is(0.1f))
                .body("leastPrompts", is(60))
                .body("output.schema", nullValue());
    }

    @Test
    void aDecisionHoldsIsCountedAndAudited() {
        put("decided", "{'flipTolerance':0.2,'allowedIntents':[],'reason':'new','actor':'Eve'}")
                .statusCode(200)
                .body("version", is(1))
                .body("flipTolerance", is(0.2f))
                .body("output.allowedIntents", is(java.util.List.of()))
                .body("actor", is("Eve"));
        put("decided", "{'reason':'back to the defaults'}")
                .statusCode(200)
                .body("version", is(2))
                .body("flipTolerance", is(0.1f))
                .body("output.allowedIntents", nullValue());

        given().get(PATH + "decided").then().body("version", is(2));
        assertEquals(
                "2",
                postgres.query(
                        "SELECT count(*) FROM simulation.audit WHERE subject = 'task:decided'"
                                + " AND action = 'simulation.criteria'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /reason",
                "{'reason':' '} | /reason",
                "{'reason':'r','flipTolerance':1.1} | /flipTolerance",
                "{'reason':'r','leastPrompts':0} | /leastPrompts",
                "{'reason':'r','leastAgreement':-0.1} | /leastAgreement",
                "{'reason':'r','schema':[]} | /schema",
                "{'reason':'r','schema':{'type':'text'}} | /schema",
                "{'reason':'r','schema':{'$ref':'http://127.0.0.1:1/x'}} | /schema",
                "{'reason':'r','allowedIntents':['']} | /allowedIntents",
                "{'reason':'r','requiredFields':{'a/b':['']}} | /requiredFields/a~1b",
                "{'reason':'r','flipTolerence':0.1} | /flipTolerence",
                "{'reason':'r','actor':''} | /actor",
            })
    void badCriteriaAreRefusedByField(String body, String pointer) {
        put("bad", body).statusCode(400).body("errors[0].pointer", is(pointer));
    }

    @Test
    void aTaskTypeIsOne() {
        given().get(PATH + "No Task").then().statusCode(400).body(containsString("/taskType"));
    }

    private static ValidatableResponse put(String task, String body) {
        return given().contentType("application/json")
                .body(body.replace('\'', '"'))
                .put(PATH + task)
                .then();
    }
}
