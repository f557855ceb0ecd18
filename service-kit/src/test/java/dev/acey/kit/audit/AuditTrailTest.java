package dev.acey.kit.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
class AuditTrailTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-01-15T04:05:06.123456Z");

    @Inject AuditTrail trail;
    @Inject Pool pool;
    PostgresServer postgres;

    @BeforeEach
    void empty() {
        postgres.execute("TRUNCATE kit.audit");
        postgres.execute(
                "CREATE TABLE IF NOT EXISTS kit.note (name text PRIMARY KEY, text text);"
                        + " GRANT ALL ON kit.note TO acey_kit_app; TRUNCATE kit.note");
    }

    @Test
    void anEmptyTrailHolds() {
        assertEquals(intact(0), verify());
    }

    @Test
    void appendsFromSessionsAndConnectionsMakeOneChain() {
        append(event("first"));
        inSession(event("second"));
        append(event("third"));

        assertEquals(intact(3), verify());
        assertEquals(
                "first second third",
                postgres.query("SELECT string_agg(subject, ' ' ORDER BY seq) FROM kit.audit"));
        assertEquals(
                "2026-01-15 04:05:06.123",
                postgres.query("SELECT at AT TIME ZONE 'UTC' FROM kit.audit WHERE seq = 2"));
    }

    @Test
    void anEventLivesAndDiesWithTheChangeItRecords() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        onContext(
                                () ->
                                        Panache.withTransaction(
                                                () ->
                                                        decide("undone")
                                                                .invoke(
                                                                        () -> {
                                                                            throw new IllegalStateException(
                                                                                    "no");
                                                                        }))));
        onContext(() -> Panache.withTransaction(() -> decide("done")));

        assertEquals("done", postgres.query("SELECT string_agg(name, ' ') FROM kit.note"));
        assertEquals("done", postgres.query("SELECT string_agg(subject, ' ') FROM kit.audit"));
        assertEquals(intact(1), verify());
    }

    @Test
    void manyAtOnceStillMakeOneChain() {
        List<Uni<Void>> appends =
                IntStream.range(0, 60)
                        .mapToObj(
                                i ->
                                        pool.withTransaction(
                                                connection ->
                                                        trail.append(connection, event("s" + i))))
                        .toList();

        Uni.join().all(appends).andFailFast().await().atMost(SOON);

        assertEquals(intact(60), verify());
    }

    @Test
    void theWholeChainIsCheckedPageByPage() {
        fill(2_500);
        assertEquals(intact(2_500), verify());

        postgres.execute("UPDATE kit.audit SET actor = 'x' WHERE seq = 2400");

        assertEquals(2_400, verify().damage().seq());
        assertEquals(2_399, verify().checked());
    }

    @Test
    void anyTextInTheDetailAndAnyScriptInTheNamesAreKeptAndChecked() {
        JsonNode detail =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("z", "\u0000 \ud800 é 漢 😀")
                        .put("a", 1.5);
        append(new AuditEvent("Ænne 漢 😀", "rollout.approve", "task:game", detail, NOW));

        assertEquals(intact(1), verify());
        assertEquals(
                "{\"a\":1.5,\"z\":\"\\u0000 \\uD800 \\u00E9 \\u6F22 \\uD83D\\uDE00\"}",
                postgres.query("SELECT detail FROM kit.audit"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE kit.audit SET detail = '{}' WHERE seq = 3 | 3 | CHANGED",
                "UPDATE kit.audit SET at = at + interval '1 ms' WHERE seq = 1 | 1 | CHANGED",
                "UPDATE kit.audit SET hash = previous_hash WHERE seq = 5 | 5 | CHANGED",
                "UPDATE kit.audit SET actor = 'ab', action = 'c' WHERE seq = 4 | 4 | CHANGED",
                "DELETE FROM kit.audit WHERE seq = 1 | 1 | MISSING",
                "DELETE FROM kit.audit WHERE seq = 4 | 4 | MISSING",
                "UPDATE kit.audit SET seq = seq + 10 WHERE seq = 3 | 3 | MISSING",
                "UPDATE kit.audit SET previous_hash = hash WHERE seq = 2 | 2 | OUT_OF_PLACE",
            })
    void theFirstBrokenLinkIsNamed(String tampering, long firstBroken, Damage.Kind kind) {
        fill(5);

        postgres.execute(tampering);
        AuditVerdict verdict = verify();

        assertEquals(firstBroken, verdict.damage().seq());
        assertEquals(kind, verdict.damage().kind());
        assertEquals(firstBroken - 1, verdict.checked());
        assertFalse(verdict.intact());
    }

    @Test
    void aChangedLinkWhoseHashWasMadeToFitBreaksTheNext() {
        fill(3);
        postgres.execute(
                "CREATE TEMP TABLE forged AS SELECT * FROM kit.audit;"
                        + " DELETE FROM kit.audit WHERE seq >= 2;"
                        + " SET search_path = kit;"
                        + " SELECT audit_append(0, 'forger', 'a', 's', '{}');"
                        + " INSERT INTO kit.audit SELECT * FROM forged WHERE seq = 3");

        assertEquals(3, verify().damage().seq());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET actor = 'x'",
                "DELETE FROM audit",
                "TRUNCATE audit",
                "UPDATE audit_anchor SET seq = 7",
                "DELETE FROM audit_anchor",
                "TRUNCATE audit_anchor",
                "ALTER TABLE audit ADD COLUMN x int",
                "DROP FUNCTION audit_append",
                "DELETE FROM flyway_schema_history",
                "CREATE TABLE mine (x int)",
                "CREATE TABLE public.mine (x int)"
            })
    void theApplicationMayOnlyAddAndRead(String forbidden) {
        append(event("one"));

        PgException e =
                assertThrows(
                        PgException.class,
                        () -> pool.query(forbidden).execute().await().atMost(SOON));

        assertEquals("42501", e.getSqlState());
        assertEquals(intact(1), verify());
    }

    @ParameterizedTest
    @CsvSource({"'',a,s", "actor,Bad Action,s", "actor,a,''", "'a\u0000b',a,s"})
    void anEventThatBreaksARuleCannotExist(String actor, String action, String subject) {
        JsonNode detail = JsonNodeFactory.instance.objectNode();

        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new AuditEvent(
                                actor.replace("\\u0000", "\u0000"), action, subject, detail, NOW));
    }

    private Uni<Void> decide(String name) {
        Note note = new Note();
        note.name = name;
        note.text = "decided";
        return Panache.getSession()
                .flatMap(
                        session ->
                                session.persist(note)
                                        .chain(() -> trail.append(session, event(name))));
    }

    private void append(AuditEvent event) {
        pool.withTransaction(connection -> trail.append(connection, event)).await().atMost(SOON);
    }

    private void inSession(AuditEvent event) {
        onContext(
                () ->
                        Panache.withTransaction(
                                () ->
                                        Panache.getSession()
                                                .flatMap(session -> trail.append(session, event))));
    }

    private static <T> T onContext(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private AuditVerdict verify() {
        return trail.verify().await().atMost(SOON);
    }

    private static AuditVerdict intact(long links) {
        return new AuditVerdict(true, links, 0, null);
    }

    private void fill(int links) {
        pool.query(
                        "SELECT audit_append(i * 1000, 'a', 'bc', 's' || i, '{\"i\":1}')"
                                + " FROM generate_series(1::bigint, "
                                + links
                                + ") AS i")
                .execute()
                .await()
                .atMost(SOON);
    }

    private static AuditEvent event(String subject) {
        return new AuditEvent(
                "somebody",
                "note.decide",
                subject,
                JsonNodeFactory.instance.objectNode().put("weight", 500),
                NOW);
    }
}
