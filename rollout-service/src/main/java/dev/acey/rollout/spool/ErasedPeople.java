package dev.acey.rollout.spool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.token.KeyedHash;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The people whose erasure this replica still has to see to. What they said before they asked for
 * it is not shipped any more: a replica that was away would give log-service back what it erased.
 */
@Singleton
public class ErasedPeople {

    private static final JsonMapper JSON = new JsonMapper();

    private final KeyedHash hash;
    private volatile List<Erased> erased;

    ErasedPeople(KeyedHash hash) {
        this.hash = hash;
    }

    /**
     * One of them.
     *
     * @param person as {@link KeyedHash#person} has it
     * @param askedAt calls from before that are erased
     */
    public record Erased(String person, Instant askedAt) {}

    /** These, and nobody else. */
    public void are(List<Erased> people) {
        erased = List.copyOf(people);
    }

    /** Whether the database has been asked who they are. */
    boolean isKnown() {
        return erased != null;
    }

    /** Whether an entry is one of theirs, from before they asked. Reads no entry that is newer. */
    boolean cover(SpoolRecord entry) {
        List<Erased> all = erased;
        return all != null
                && !all.isEmpty()
                && cover(all, entry.id(), () -> JSON.readTree(entry.line()));
    }

    /** The same of an entry that was read already. */
    boolean cover(JsonNode entry) {
        List<Erased> all = erased;
        return all != null
                && !all.isEmpty()
                && cover(all, UUID.fromString(entry.path("id").asText()), () -> entry);
    }

    private interface Reading {
        JsonNode read() throws IOException;
    }

    private boolean cover(List<Erased> all, UUID id, Reading entry) {
        Instant at = LogEntryReader.timeOf(id);
        List<Erased> later = all.stream().filter(one -> at.isBefore(one.askedAt())).toList();
        if (later.isEmpty()) {
            return false;
        }
        try {
            JsonNode user = entry.read().path("context").path("user");
            String person = user.isTextual() ? hash.person(user.textValue()) : null;
            return later.stream().anyMatch(one -> one.person().equals(person));
        } catch (IOException e) {
            throw new UncheckedIOException("an entry of ours is no JSON", e);
        }
    }
}
