package dev.acey.rollout.replica;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.JDBCException;
import org.hibernate.reactive.mutiny.Mutiny;

/** Transactions that replicas run against one another. */
public final class Writes {

    private static final int ATTEMPTS = 5;

    /** Unique violation, serialization failure, deadlock: the other was first, look again. */
    private static final Set<String> LOST_RACE = Set.of("23505", "40001", "40P01");

    private Writes() {}

    /**
     * Runs the work in a transaction, and again from its beginning when another transaction was
     * first; nothing of an attempt that fails remains.
     */
    public static <T> Uni<T> inTransaction(Function<Mutiny.Session, Uni<? extends T>> work) {
        return Panache.<T>withTransaction(() -> Panache.getSession().flatMap(s -> work.apply(s)))
                .onFailure(Writes::lostRace)
                .retry()
                .atMost(ATTEMPTS - 1);
    }

    private static boolean lostRace(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof JDBCException sql
                    && sql.getSQLState() != null
                    && LOST_RACE.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
