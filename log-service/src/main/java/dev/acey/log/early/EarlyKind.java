package dev.acey.log.early;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.UUID;

/** A kind of thing that can be said about an entry before the entry is there. */
public interface EarlyKind {

    /** Its name in the table. */
    String name();

    /**
     * Does what was commanded, in the transaction of this connection, which holds the entry's row.
     *
     * @param command JSON, as it was put
     * @param at when it was commanded
     */
    Uni<Void> apply(SqlConnection connection, UUID id, byte[] command, Instant at);
}
