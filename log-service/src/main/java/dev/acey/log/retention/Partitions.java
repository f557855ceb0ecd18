package dev.acey.log.retention;

import dev.acey.log.retention.Partition.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes partitions out. Detaching concurrently locks nobody out who inserts or reads: it waits for
 * those who might still see the partition. It runs outside of transactions, so that it can break
 * off half-way; the partition is pending then, invisible to new statements, and is finished later.
 */
final class Partitions {

    private static final String LIST =
            """
            SELECT c.relname, CASE
                WHEN i.inhrelid IS NULL THEN 'DETACHED'
                WHEN i.inhdetachpending THEN 'PENDING'
                ELSE 'ATTACHED' END
            FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
              AND c.relname ~ '^(entry|payload|word)_[0-9]{8}$'
            ORDER BY c.relname
            """;

    private final SqlConnection owner;

    /**
     * @param owner a connection of the tables' owner
     */
    Partitions(SqlConnection owner) {
        this.owner = owner;
    }

    Uni<List<Partition>> list() {
        return owner.query(LIST)
                .execute()
                .map(
                        rows -> {
                            List<Partition> all = new ArrayList<>(rows.size());
                            for (Row row : rows) {
                                all.add(
                                        Partition.of(
                                                row.getString(0), State.valueOf(row.getString(1))));
                            }
                            return all;
                        });
    }

    /** Completes when the partition is a table of its own. */
    Uni<Void> detach(Partition partition) {
        String how =
                switch (partition.state()) {
                    case ATTACHED -> "CONCURRENTLY";
                    case PENDING -> "FINALIZE";
                    case DETACHED -> null;
                };
        return how == null
                ? Uni.createFrom().voidItem()
                : run(
                        "ALTER TABLE %s DETACH PARTITION %s %s"
                                .formatted(partition.table(), partition.name(), how));
    }

    /**
     * Gives the disk back; of detached partitions only, and of all or of none.
     *
     * @param alongside what is done in the same transaction, after it
     */
    Uni<Void> drop(List<Partition> partitions, Function<SqlConnection, Uni<Void>> alongside) {
        String names = partitions.stream().map(Partition::name).collect(Collectors.joining(", "));
        return owner.begin()
                .chain(
                        transaction ->
                                run("DROP TABLE " + names)
                                        .chain(() -> alongside.apply(owner))
                                        .chain(transaction::commit)
                                        .onFailure()
                                        .call(transaction::rollback));
    }

    private Uni<Void> run(String statement) {
        return owner.query(statement).execute().replaceWithVoid();
    }
}
