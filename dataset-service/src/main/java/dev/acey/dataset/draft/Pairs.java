package dev.acey.dataset.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.candidate.Candidate;
import dev.acey.dataset.candidate.Candidates;
import dev.acey.dataset.candidate.Facts;
import dev.acey.dataset.candidate.Ledger;
import dev.acey.dataset.duplicate.ExampleKey;
import dev.acey.dataset.duplicate.Groups;
import dev.acey.dataset.duplicate.SameValue;
import dev.acey.dataset.example.DropReason;
import dev.acey.dataset.example.JsonLine;
import dev.acey.dataset.example.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds to each answer that is not preferred the best that is, to the same prompt: one a person
 * looked at, then the most confident, then the oldest. Sides wait on the disk until all are there.
 * Blocks; for one thread at a time.
 */
final class Pairs implements AutoCloseable {

    /** Above the bits of {@link Facts#rank}, of which the lowest is given up. */
    private static final long PREFERRED = 1L << 62;

    private static final ObjectReader JSON = JsonMapper.builder().build().reader();
    private static final int[] NO_SHINGLES = {};
    private static final long[] NO_BUCKETS = {};

    private final Candidates sides;

    Pairs(Path directory) throws IOException {
        sides = new Candidates(directory);
    }

    /** Takes an entry's sides; a reason where it will not make a pair of its own. */
    Optional<DropReason> add(Made.Some some) throws IOException {
        boolean bad = false;
        for (Side side : some.sides()) {
            Optional<byte[]> written = JsonLine.of(json(side));
            Optional<byte[]> origin = JsonLine.of(some.origin().line(""));
            if (written.isEmpty() || origin.isEmpty()) {
                return Optional.of(DropReason.NOT_CONVERTIBLE);
            }
            Candidate candidate =
                    new Candidate(
                            written.get(),
                            origin.get(),
                            Candidate.NO_LABEL,
                            side.leavesOutIntents(),
                            some.origin().confidence(),
                            some.origin().hashes());
            sides.add(candidate, facts(side, some.origin()), NO_SHINGLES, NO_BUCKETS);
            bad |= !side.preferred();
        }
        return bad ? Optional.empty() : Optional.of(DropReason.UNPAIRED);
    }

    interface Taker {
        void take(Made.Content pair) throws IOException;
    }

    /** Gives each pair, in the order of the answers that are not preferred. */
    void each(Maker maker, Taker taker) throws IOException {
        Ledger ledger = sides.ledger();
        Groups groups = new Groups(ledger);
        SameValue.joinByKey(sides, ledger, groups);
        for (int i = 0; i < ledger.count(); i++) {
            if (!isPreferred(ledger, i)) {
                taker.take(pair(maker, ledger, groups.first(i), i));
            }
        }
    }

    @Override
    public void close() throws IOException {
        sides.close();
    }

    private Made.Content pair(Maker maker, Ledger ledger, int best, int bad) throws IOException {
        if (!isPreferred(ledger, best)) {
            return new Made.None(DropReason.UNPAIRED);
        }
        Stored good = Stored.of(sides.at(ledger, best), true);
        Stored worse = Stored.of(sides.at(ledger, bad), false);
        if (good.side.answer().strip().equals(worse.side.answer().strip())) {
            return new Made.None(DropReason.UNPAIRED);
        }
        return maker.candidate(good.side.over(worse.side), worse.origin, good.origin);
    }

    private static boolean isPreferred(Ledger ledger, int ordinal) {
        return (ledger.rank(ordinal) & PREFERRED) != 0;
    }

    private static Facts facts(Side side, Origin origin) {
        ByteBuffer key = ByteBuffer.wrap(ExampleKey.of(side.messages()));
        long rank = Facts.rank(side.byPerson(), origin.confidence()) >>> 1;
        return new Facts(
                key.getLong(),
                key.getLong(),
                side.conversation(),
                side.preferred() ? rank | PREFERRED : rank);
    }

    private static ObjectNode json(Side side) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("messages", side.messages());
        return json.put("asked", side.asked())
                .put("answer", side.answer())
                .put("byPerson", side.byPerson())
                .put("conversation", side.conversation());
    }

    /** A side as it was added. */
    private record Stored(Side side, Origin origin) {

        static Stored of(Candidate candidate, boolean preferred) throws IOException {
            JsonNode json = JSON.readTree(candidate.line());
            JsonNode origin = JSON.readTree(candidate.source());
            Side side =
                    new Side(
                            preferred,
                            json.path("byPerson").booleanValue(),
                            (ArrayNode) json.path("messages"),
                            json.path("asked").textValue(),
                            json.path("answer").textValue(),
                            candidate.leavesOutIntents(),
                            json.path("conversation").longValue());
            return new Stored(
                    side,
                    new Origin(
                            UUID.fromString(origin.path("logId").textValue()),
                            origin.path("timestamp").textValue(),
                            candidate.origins()[1],
                            candidate.confidence(),
                            origin.path("decision").textValue(),
                            side.byPerson(),
                            origin.path("model").textValue()));
        }
    }
}
