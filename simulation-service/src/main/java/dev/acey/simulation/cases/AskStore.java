package dev.acey.simulation.cases;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;

/**
 * The table {@code simulation_ask}: who may ask a model now, and what was answered. All claims go
 * through one lock, so that the calls under way over all replicas, and what a simulation spends,
 * are counted exactly.
 */
@Singleton
public class AskStore {

    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('acey.simulation.ask', 0))";

    private static final String LOOK =
            """
            SELECT s.calls, s.nanodollars, a.calls AS tries, a.failures,
              a.answer IS NOT NULL OR coalesce(a.until > clock_timestamp(), false) AS elsewhere,
              (SELECT count(*) FROM simulation_ask WHERE until > clock_timestamp()) AS under_way
            FROM simulation s LEFT JOIN simulation_ask a
              ON a.simulation = s.id AND a.position = $2 AND a.purpose = $3
            WHERE s.id = $1
            """;

    private static final String TAKE =
            """
            WITH reserved AS (
              UPDATE simulation SET calls = calls + 1, nanodollars = nanodollars + $4 WHERE id = $1
            )
            INSERT INTO simulation_ask AS a (simulation, position, purpose, calls, until)
            SELECT simulation, position, $3, 1, clock_timestamp() + $5 * interval '1 millisecond'
            FROM simulation_case WHERE simulation = $1 AND position = $2 FOR KEY SHARE
            ON CONFLICT (simulation, position, purpose) DO UPDATE
            SET calls = a.calls + 1, until = excluded.until
            RETURNING calls, failures
            """;

    private static final String SETTLE =
            """
            WITH ended AS (
              UPDATE simulation_ask
              SET until = NULL, answer = $5, failures = failures + $6
              WHERE simulation = $1 AND position = $2 AND purpose = $3 AND calls = $4
                AND until IS NOT NULL
              RETURNING TRUE
            )
            UPDATE simulation SET calls = calls + $7, nanodollars = nanodollars + $8
            WHERE id = $1 AND EXISTS (SELECT FROM ended)
            """;

    private static final String USED = "SELECT calls, nanodollars FROM simulation WHERE id = $1";

    private final Pool pool;

    AskStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * One call to make.
     *
     * @param reserve nanodollars it may cost at most
     */
    public record Call(UUID simulation, int position, Purpose purpose, long reserve) {}

    /**
     * Takes a call, unless it cannot be made now; what it may cost is counted as spent until it is
     * settled, and for good if it never is.
     *
     * @param underWay calls that may be under way over all replicas
     * @param within the call has ended by then, however
     */
    public Uni<Claim> claim(Call call, Budget budget, int underWay, Duration within) {
        return pool.withTransaction(
                connection ->
                        connection
                                .query(LOCK)
                                .execute()
                                .chain(() -> look(connection, call, budget, underWay))
                                .chain(
                                        refusal ->
                                                refusal != null
                                                        ? Uni.createFrom().item(refusal)
                                                        : take(connection, call, within)));
    }

    /** The last call was answered, or failed for good: this is what came of it. */
    public Uni<Void> answered(Call call, Claim.Granted granted, Buffer answer, long cost) {
        return settle(call, granted, answer, 0, 0, cost - call.reserve());
    }

    /** The call failed, and another may be made. What it cost is not known and counts in full. */
    public Uni<Void> failed(Call call, Claim.Granted granted) {
        return settle(call, granted, null, 1, 0, 0);
    }

    /** The call was not made after all. */
    public Uni<Void> notMade(Call call, Claim.Granted granted) {
        return settle(call, granted, null, 0, -1, -call.reserve());
    }

    /** Nobody knows whether the call was made; it counts, but not as a failure of the model. */
    public Uni<Void> lost(Call call, Claim.Granted granted) {
        return settle(call, granted, null, 0, 0, 0);
    }

    /** What a simulation has used. */
    public Uni<Budget> used(UUID simulation) {
        return pool.preparedQuery(USED)
                .execute(Tuple.of(simulation))
                .map(rows -> rows.iterator().next())
                .map(row -> new Budget(row.getInteger(0), row.getLong(1)));
    }

    /** Why the call cannot be made now; null where it can. */
    private static Uni<Claim> look(
            SqlConnection connection, Call call, Budget budget, int underWay) {
        return connection
                .preparedQuery(LOOK)
                .execute(Tuple.of(call.simulation(), call.position(), call.purpose().column()))
                .map(rows -> refusal(rows.iterator().next(), call, budget, underWay));
    }

    private static Claim refusal(Row row, Call call, Budget budget, int underWay) {
        if (row.getBoolean("elsewhere")) {
            return new Claim.Elsewhere();
        }
        if (row.getInteger("calls") >= budget.calls()) {
            return new Claim.Spent("calls");
        }
        if (row.getLong("nanodollars") + call.reserve() > budget.nanodollars()) {
            return new Claim.Spent("dollars");
        }
        return row.getLong("under_way") >= underWay ? new Claim.Full() : null;
    }

    private static Uni<Claim> take(SqlConnection connection, Call call, Duration within) {
        return connection
                .preparedQuery(TAKE)
                .execute(
                        Tuple.of(
                                call.simulation(),
                                call.position(),
                                call.purpose().column(),
                                call.reserve(),
                                (double) within.toMillis()))
                .map(
                        rows -> {
                            for (Row row : rows) {
                                return new Claim.Granted(row.getInteger(0), row.getInteger(1));
                            }
                            return new Claim.Elsewhere();
                        });
    }

    private Uni<Void> settle(
            Call call,
            Claim.Granted granted,
            Buffer answer,
            int failures,
            int calls,
            long nanodollars) {
        return pool.preparedQuery(SETTLE)
                .execute(
                        Tuple.tuple()
                                .addUUID(call.simulation())
                                .addInteger(call.position())
                                .addString(call.purpose().column())
                                .addInteger(granted.call())
                                .addValue(answer)
                                .addInteger(failures)
                                .addInteger(calls)
                                .addLong(nanodollars))
                .replaceWithVoid();
    }
}
