package dev.acey.log.collect;

import io.vertx.pgclient.PgException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What became of a batch.
 *
 * @param added the ids of the entries that are new; of the others it knows the ids already
 * @param refused the ids of the entries that the database does not take, and why
 */
record Stored(Set<UUID> added, Map<UUID, PgException> refused) {

    static Stored refused(NewEntry entry, PgException reason) {
        return new Stored(Set.of(), Map.of(entry.id(), reason));
    }

    Stored and(Stored other) {
        Set<UUID> allAdded = new HashSet<>(added);
        allAdded.addAll(other.added);
        Map<UUID, PgException> allRefused = new HashMap<>(refused);
        allRefused.putAll(other.refused);
        return new Stored(allAdded, allRefused);
    }
}
