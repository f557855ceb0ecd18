package dev.acey.kit.audit;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "kit"))
class AuditNewestTest {

    private static final String NEWEST = "/internal/audit/newest";

    @Inject Subjects subjects;
    PostgresServer postgres;

    /** Two in each second, task:game and task:trust in turn. */
    @BeforeEach
    void sixLinks() {
        postgres.execute(
                "TRUNCATE kit.audit; SET search_path = kit;"
                        + " SELECT audit_append(i / 2 * 1000, 'a', 'bc',"
                        + " CASE i % 2 WHEN 0 THEN 'task:game' ELSE 'task:trust' END, '{\"i\":1}')"
                        + " FROM generate_series(0::bigint, 5) AS i");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=10 | 6 5 4 3 2 1",
                "limit=2 | 6 5",
                "subject=task:game | 5 3 1",
                "subject=task:game&subject=task:trust | 6 5 4 3 2 1",
                "subject=nobody |",
                "from=1970-01-01T00:00:01Z | 6 5 4 3",
                "to=1970-01-01T00:00:01Z | 2 1",
                "from=1970-01-01T00:00:01Z&to=1970-01-01T00:00:02Z&subject=task:game | 3",
                "from=-1000000000-01-01T00:00:00Z&to=%2B1000000000-12-31T00:00:00Z | 6 5 4 3 2 1",
                "beforeAt=1970-01-01T00:00:01Z&beforeSeq=4 | 3 2 1",
                "beforeAt=1970-01-01T00:00:01Z&beforeSeq=0 | 2 1",
            })
    void linksAreFoundNewestFirst(String query, String found) {
        given().urlEncodingEnabled(false)
                .get(NEWEST + "?" + query)
                .then()
                .statusCode(200)
                .body(
                        "seq",
                        equalTo(
                                found == null
                                        ? List.of()
                                        : List.of(found.split(" ")).stream()
                                                .map(Integer::valueOf)
                                                .toList()));
    }

    @Test
    void aLinkIsGivenAsItWasHashed() {
        given().get(NEWEST + "?limit=1")
                .then()
                .body("[0].detail", is("{\"i\":1}"))
                .body("[0].at", is("1970-01-01T00:00:02.000Z"))
                .body("[0].hash.length()", is(64))
                .body("[0].previousHash.length()", is(64));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=x",
                "to=1",
                "limit=0",
                "beforeAt=x",
                "beforeAt=1970-01-01&beforeSeq=x"
            })
    void aParameterThatIsWrongIsRefused(String query) {
        given().get(NEWEST + "?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void namesThatMayBeAPersonsAreHashesInRowsAndFoundByTheName() {
        String user = subjects.user("nina");
        assertEquals(List.of("user:nina", user), subjects.spellings("user:nina"));
        assertEquals(
                List.of("channel:nina", subjects.channel("nina")),
                subjects.spellings("channel:nina"));
        assertNotEquals(user.substring(5), subjects.channel("nina").substring(8));
        assertEquals(List.of("task:game"), subjects.spellings("task:game"));
        assertEquals(List.of("logs"), subjects.spellings("logs"));
    }
}
