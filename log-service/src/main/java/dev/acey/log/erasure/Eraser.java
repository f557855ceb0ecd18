package dev.acey.log.erasure;

import dev.acey.log.archive.Archive;
import dev.acey.log.rollup.Deltas;
import dev.acey.log.store.Days;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Takes out all that is stored of an entry and leaves its key, so that it is never stored again.
 */
@Singleton
class Eraser {

    private static final String ERASE =
            """
            WITH chosen AS (
              UPDATE entry
              SET erased = true, task_type = '', environment = '', decision = NULL, action = NULL,
                variant = NULL, model = NULL, confidence = NULL, response_time = NULL,
                cost = NULL, failed = false, findings = NULL, final_action = NULL,
                review = NULL, user_hash = NULL, series = NULL, prompt_tokens = NULL,
                completion_tokens = NULL
              WHERE day = %1$s AND id = ANY ($1) AND NOT erased
            ), payloads AS (
              DELETE FROM payload WHERE day = %1$s AND id = ANY ($1)
            ), decisions AS (
              DELETE FROM decision WHERE day = %1$s AND id = ANY ($1)
            ), feedbacks AS (
              DELETE FROM feedback WHERE day = %1$s AND id = ANY ($1)
            ), observations AS (
              DELETE FROM observation WHERE day = %1$s AND id = ANY ($1)
            )
            DELETE FROM early WHERE day = %1$s AND id = ANY ($1)
            """;

    /**
     * A statement of its own: it sees the words that were added while the payload was waited for.
     */
    private static final String FORGET_WORDS = "DELETE FROM word WHERE day = %s AND id = ANY ($1)";

    private final Archive archive;
    private final Deltas deltas;

    Eraser(Archive archive, Deltas deltas) {
        this.archive = archive;
        this.deltas = deltas;
    }

    /**
     * Erases entries of one day, whose rows the caller's transaction has locked, and asks that its
     * files be written without them.
     */
    Uni<Void> erase(SqlConnection connection, LocalDate day, UUID[] ids) {
        return deltas.erased(connection, day, List.of(ids))
                .chain(
                        () ->
                                connection
                                        .preparedQuery(ERASE.formatted(Days.literal(day)))
                                        .execute(Tuple.of(ids)))
                .chain(
                        () ->
                                connection
                                        .preparedQuery(FORGET_WORDS.formatted(Days.literal(day)))
                                        .execute(Tuple.of(ids)))
                .chain(() -> archive.ask(connection, day));
    }
}
