package dev.acey.log.retention;

import dev.acey.log.rollup.Rollups;
import dev.acey.log.store.Days;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;

/** What other tables hold of days that are gone. */
@ApplicationScoped
class Remains {

    private static final int BATCH = 5_000;

    /** Tables with a row for some entries, and the entry's day in it. */
    private static final List<String> TABLES =
            List.of("decision", "feedback", "observation", "early", "late_entries", "indexed_day");

    private static final String DAYS_WITH_FIGURES =
            "SELECT DISTINCT (start AT TIME ZONE 'UTC')::date FROM"
                    + " (SELECT start FROM rollup_day UNION ALL SELECT start FROM delta) f"
                    + " WHERE start < $1::date::timestamp AT TIME ZONE 'UTC'";

    private final Pool pool;
    private final Rollups rollups;

    Remains(Pool pool, Rollups rollups) {
        this.pool = pool;
        this.rollups = rollups;
    }

    /** Deletes what is of earlier days, in short transactions. */
    Uni<Void> delete(LocalDate before) {
        return Multi.createFrom()
                .iterable(TABLES)
                .onItem()
                .transformToUniAndConcatenate(table -> delete(table, before))
                .collect()
                .last()
                .chain(() -> dropFigures(before));
    }

    private Uni<Void> dropFigures(LocalDate before) {
        return pool.preparedQuery(DAYS_WITH_FIGURES)
                .execute(Tuple.of(before))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(
                        row -> pool.withTransaction(tx -> rollups.dropDay(tx, row.getLocalDate(0))))
                .collect()
                .last();
    }

    private Uni<Void> delete(String table, LocalDate before) {
        String batch =
                "DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE day < %2$s LIMIT %3$d))"
                        .formatted(table, Days.literal(before), BATCH);
        return Multi.createBy()
                .repeating()
                .uni(() -> pool.query(batch).execute())
                .whilst(deleted -> deleted.rowCount() == BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
