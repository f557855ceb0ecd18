package dev.acey.simulation.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.acey.kit.test.PostgresResource;
import dev.acey.kit.test.PostgresServer;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "simulation"))
class AskStoreTest {

    private static final Budget PLENTY = new Budget(1_000, 1_000_000);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Buffer ANSWER = Buffer.buffer("{}");

    @Inject AskStore store;
    PostgresServer postgres;

    @AfterEach
    void letGo() {
        postgres.execute("DELETE FROM simulation.simulation_ask");
    }

    @Test
    void noMoreCallsAreUnderWayThanMayBeHoweverManyAskAtOnce() {
        UUID one = simulation(30);
        UUID other = simulation(30);

        List<Claim> claims =
                IntStream.range(0, 60)
                        .parallel()
                        .mapToObj(i -> claim(i % 2 == 0 ? one : other, i / 2, PLENTY, 8, A_MINUTE))
                        .toList();

        assertEquals(8, claims.stream().filter(Claim.Granted.class::isInstance).count());
        assertEquals(52, claims.stream().filter(Claim.Full.class::isInstance).count());
    }

    @Test
    void whoeverAsksAtOnceABudgetIsUsedUpExactly() {
        UUID simulation = simulation(30);
        Budget budget = new Budget(7, 1_000_000);

        List<Claim> claims =
                IntStream.range(0, 30)
                        .parallel()
                        .mapToObj(i -> claim(simulation, i, budget, 100, A_MINUTE))
                        .toList();

        assertEquals(7, claims.stream().filter(Claim.Granted.class::isInstance).count());
        assertEquals(23, claims.stream().filter(c -> c.equals(new Claim.Spent("calls"))).count());
    }

    @Test
    void whatACallMayCostIsSpentUntilItsCostIsKnown() {
        UUID simulation = simulation(3);
        Budget budget = new Budget(10, 250);
        Claim.Granted first = granted(claim(simulation, 0, budget, 9, A_MINUTE));
        granted(claim(simulation, 1, budget, 9, A_MINUTE));
        assertEquals(new Claim.Spent("dollars"), claim(simulation, 2, budget, 9, A_MINUTE));

        await(store.answered(call(simulation, 0), first, ANSWER, 30));

        granted(claim(simulation, 2, budget, 9, A_MINUTE));
        assertEquals(new Budget(3, 230), await(store.used(simulation)));
    }

    @Test
    void whatWasAnsweredIsNeverAskedAgain() {
        UUID simulation = simulation(1);
        Claim.Granted granted = granted(claim(simulation, 0, PLENTY, 9, A_MINUTE));
        assertInstanceOf(Claim.Elsewhere.class, claim(simulation, 0, PLENTY, 9, A_MINUTE));

        await(store.answered(call(simulation, 0), granted, ANSWER, 0));

        assertInstanceOf(Claim.Elsewhere.class, claim(simulation, 0, PLENTY, 9, A_MINUTE));
    }

    @Test
    void aCallThatNobodyEndedIsMadeAgainAndItsLateAnswerDoesNotCount() {
        UUID simulation = simulation(1);
        Claim.Granted lost = granted(claim(simulation, 0, PLENTY, 9, Duration.ZERO));

        Claim.Granted again = granted(claim(simulation, 0, PLENTY, 9, A_MINUTE));
        await(store.answered(call(simulation, 0), lost, Buffer.buffer("\"late\""), 0));
        await(store.answered(call(simulation, 0), again, Buffer.buffer("\"right\""), 0));

        assertEquals(
                "\"right\"",
                postgres.query(
                        "SELECT convert_from(answer, 'UTF8') FROM simulation.simulation_ask"
                                + " WHERE simulation = '"
                                + simulation
                                + "'"));
        assertEquals(new Budget(2, 100), await(store.used(simulation)));
    }

    @Test
    void aCallThatWasNotMadeUsesNothing() {
        UUID simulation = simulation(1);
        Claim.Granted granted = granted(claim(simulation, 0, PLENTY, 9, A_MINUTE));

        await(store.notMade(call(simulation, 0), granted));

        assertEquals(new Budget(0, 0), await(store.used(simulation)));
        assertEquals(new Claim.Granted(2, 0), claim(simulation, 0, PLENTY, 9, A_MINUTE));
    }

    @Test
    void failuresAreCountedAndACaseThatIsGoneIsNotAskedAbout() {
        UUID simulation = simulation(1);
        Claim.Granted granted = granted(claim(simulation, 0, PLENTY, 9, A_MINUTE));

        await(store.failed(call(simulation, 0), granted));

        assertEquals(new Claim.Granted(2, 1), claim(simulation, 0, PLENTY, 9, A_MINUTE));
        assertInstanceOf(Claim.Elsewhere.class, claim(simulation, 1, PLENTY, 9, A_MINUTE));
    }

    private UUID simulation(int cases) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        postgres.execute(
                "INSERT INTO simulation.simulation (id, request_hash, created_at) VALUES ('"
                        + id
                        + "', 'h', now())");
        postgres.execute(
                "INSERT INTO simulation.simulation_case (simulation, position, task_type, entry)"
                        + " SELECT '"
                        + id
                        + "', i, 'game', '{}' FROM generate_series(0, "
                        + (cases - 1)
                        + ") AS i");
        return id;
    }

    private Claim claim(UUID simulation, int position, Budget budget, int most, Duration within) {
        return await(store.claim(call(simulation, position), budget, most, within));
    }

    private static AskStore.Call call(UUID simulation, int position) {
        return new AskStore.Call(simulation, position, Purpose.CANDIDATE, 100);
    }

    private static Claim.Granted granted(Claim claim) {
        assertTrue(claim instanceof Claim.Granted, claim.toString());
        return (Claim.Granted) claim;
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(SOON);
    }
}
