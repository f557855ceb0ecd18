package dev.acey.kit.anchor;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.audit.AuditVerdict;
import dev.acey.kit.audit.ChainCheck;
import dev.acey.kit.audit.Damage;
import dev.acey.kit.audit.Stretch;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The service under test is its own keeper here: what a superuser does to the trail leaves that.
 */
@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "kit"))
class AnchoringTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** Follows the chain from a link on, as {@code audit_append} does. */
    private static final String RECOMPUTE_FROM =
            """
            SET search_path = kit;
            CREATE TEMP TABLE later AS SELECT * FROM audit WHERE seq >= %1$d;
            DELETE FROM audit WHERE seq >= %1$d;
            SELECT audit_append(
              (extract(epoch FROM at) * 1000)::bigint, 'forger', action, subject, detail)
            FROM later ORDER BY seq;
            """;

    @Inject AuditTrail trail;
    @Inject Anchors anchors;

    @TestHTTPResource("/")
    URI here;

    PostgresServer postgres;
    Anchoring anchoring;

    @BeforeEach
    void twentyAnchoredLinks() {
        postgres.execute("TRUNCATE kit.audit, kit.audit_anchor");
        append(20);
        anchoring = new Anchoring(trail, "kit", "kit-service", here);
        now(anchoring.anchorAll());
    }

    @Test
    void everyLinkIsRememberedElsewhere() {
        assertEquals(new AuditVerdict(true, 20, 20, null), verify());
    }

    @Test
    void whatIsNotAnchoredYetHoldsAllTheSame() {
        append(3);
        assertEquals(new AuditVerdict(true, 23, 20, null), verify());

        now(anchoring.anchorAll());
        assertEquals(new AuditVerdict(true, 23, 23, null), verify());
    }

    @Test
    void replicasThatAnchorAtTheSameTimeDoNotDisturbOneAnother() {
        append(2_500);

        Anchoring another = new Anchoring(trail, "kit", "kit-service", here);
        now(Uni.join().all(anchoring.anchorAll(), another.anchorAll()).andFailFast());

        assertEquals(new AuditVerdict(true, 2_520, 2_520, null), verify());
    }

    @Test
    void aKeeperThatIsAwayOnlyDelays() {
        append(5);
        Anchoring away =
                new Anchoring(trail, "kit", "kit-service", URI.create("http://127.0.0.1:9"));

        Throwable failure = assertThrows(RuntimeException.class, () -> now(away.anchorAll()));
        assertTrue(Dependencies.isDown(failure), failure.toString());
        now(away.tick());
        assertEquals(new AuditVerdict(true, 25, 20, null), verify());

        now(anchoring.anchorAll());
        assertEquals(new AuditVerdict(true, 25, 25, null), verify());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE kit.audit SET actor = 'forger' WHERE seq = 7 | 7 | CHANGED",
                "DELETE FROM kit.audit WHERE seq = 7 | 7 | MISSING",
                "DELETE FROM kit.audit WHERE seq > 10 | 11 | MISSING",
                "UPDATE kit.audit SET seq = CASE seq WHEN 7 THEN 108 WHEN 8 THEN 107 ELSE seq END;"
                        + " UPDATE kit.audit SET seq = seq - 100 WHERE seq > 100"
                        + " | 7 | OUT_OF_PLACE",
                "DELETE FROM kit.audit_anchor WHERE seq = 7 | 7 | UNANCHORED",
            })
    void whatASuperuserDoesToOneLinkIsNamed(String tampering, long seq, Damage.Kind kind) {
        postgres.execute(tampering);

        assertDamage(seq, kind);
    }

    @Test
    void aChainRecomputedFromALinkOnHoldsInItselfAndIsNamedAllTheSame() {
        postgres.execute(RECOMPUTE_FROM.formatted(7));

        assertTrue(now(trail.verify()).intact());
        assertDamage(7, Damage.Kind.REWRITTEN);
    }

    @Test
    void aLinkThatFitsItsNewContentIsNamedAndNotTheNext() {
        postgres.execute(RECOMPUTE_FROM.formatted(20));

        assertDamage(20, Damage.Kind.REWRITTEN);
    }

    @Test
    void linksCutOffAndReplacedByNewOnesAreNotAnchoredOverTheOld() {
        postgres.execute("DELETE FROM kit.audit WHERE seq > 10");
        postgres.execute(
                "SET search_path = kit; SELECT audit_append(0, 'forger', 'a', 's', '{}')"
                        + " FROM generate_series(1, 15)");
        now(anchoring.anchorAll());

        assertDamage(11, Damage.Kind.REWRITTEN);
    }

    @Test
    void whatIsRememberedCannotBeSaidAnew() {
        given().contentType("application/json")
                .body("[{\"seq\": 20, \"hash\": \"%s\"}]".formatted("ab".repeat(32)))
                .post("/internal/audit/anchors/kit")
                .then()
                .statusCode(204);

        assertEquals(new AuditVerdict(true, 20, 20, null), verify());
    }

    @Test
    void anchorsAreReadBehindALink() {
        given().get("/internal/audit/anchors/kit?after=17&limit=2")
                .then()
                .statusCode(200)
                .body("seq", equalTo(java.util.List.of(18, 19)));
        given().get("/internal/audit/anchors/log").then().statusCode(200).body("$", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | /anchors",
                "null | /anchors",
                "{} | /",
                "[null] | /0",
                "[{\"seq\": 0, \"hash\": \"%s\"}] | /0/seq",
                "[{\"seq\": 1, \"hash\": \"x%s\"}] | /0/hash",
                "[{\"seq\": 1}] | /0/hash",
                "[{\"seq\": \"1\", \"hash\": \"%s\"}] | /0/seq",
            })
    void anAnchorThatBreaksARuleIsRefused(String body, String pointer) {
        given().contentType("application/json")
                .body(body.formatted("ab".repeat(32)))
                .post("/internal/audit/anchors/kit")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer.equals("/") ? "" : pointer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=-1", "after=x", "after=1234567890123456789", "limit=1001"})
    void aPlaceThatIsNoneIsRefused(String query) {
        given().get("/internal/audit/anchors/kit?" + query).then().statusCode(400);
        given().get("/internal/audit/links?" + query).then().statusCode(400);
    }

    @Test
    void aServiceNobodyKnowsHasNoAnchors() {
        given().get("/internal/audit/anchors/nobody").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({"kit, kit", "kit, gateway", "kit, nobody"})
    void aKeeperIsAnotherServiceThatCanBeCalled(String service, String keeper) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class, () -> new Keepers(Map.of(service, keeper)));
        assertTrue(refused.getMessage().contains("acey.audit.keepers." + service));
    }

    @Test
    void aServiceNeedsAKeeper() {
        Keepers keepers = new Keepers(Map.of("log", "dataset"));
        assertEquals("dataset", keepers.of("log"));
        assertThrows(IllegalArgumentException.class, () -> keepers.of("rollout"));
    }

    private void assertDamage(long seq, Damage.Kind kind) {
        AuditVerdict verdict = verify();
        assertEquals(kind, verdict.damage().kind(), verdict.toString());
        assertEquals(seq, verdict.damage().seq(), verdict.toString());
        assertEquals(seq - 1, verdict.checked());
    }

    private AuditVerdict verify() {
        return now(
                ChainCheck.ofAll(
                        seq ->
                                anchors.behind("kit", seq, Stretch.LONGEST)
                                        .chain(
                                                known ->
                                                        trail.links(seq, Stretch.LONGEST)
                                                                .map(
                                                                        links ->
                                                                                new Stretch(
                                                                                        known,
                                                                                        links)))));
    }

    private void append(int links) {
        postgres.execute(
                "SET search_path = kit; SELECT audit_append(i * 1000, 'a', 'bc', 's' || i, '{}')"
                        + " FROM generate_series(1::bigint, "
                        + links
                        + ") AS i");
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(SOON);
    }
}
