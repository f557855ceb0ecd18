package dev.acey.dataset.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.candidate.Candidate;
import dev.acey.dataset.candidate.Facts;
import dev.acey.dataset.duplicate.ExampleKey;
import dev.acey.dataset.duplicate.MinHash;
import dev.acey.dataset.duplicate.Shingles;
import dev.acey.dataset.example.DropReason;
import dev.acey.dataset.example.Example;
import dev.acey.dataset.example.JsonLine;
import dev.acey.dataset.example.Outcome;
import dev.acey.dataset.source.Call;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * From a call to a candidate: filter, redact, convert, and all that is needed to compare it with
 * others. A pure function, so any number of threads may use it at once.
 */
final class Maker {

    private static final int[] NO_SHINGLES = {};
    private static final long[] NO_BUCKETS = {};
    private static final int KEY_DIGITS = 16;

    private final TaskPlan plan;
    private final MinHash minHash;
    private final ToLongFunction<String> persons;

    /**
     * @param persons gives a person's hash
     */
    Maker(TaskPlan plan, ToLongFunction<String> persons) {
        this.plan = plan;
        this.persons = persons;
        this.minHash =
                plan.rules().comparesTexts()
                        ? MinHash.tunedTo(plan.rules().nearDuplicateThreshold())
                        : null;
    }

    Made make(Call call) {
        Map<String, Integer> found = new HashMap<>();
        Made.Content content = content(call, found);
        return new Made(
                call.entry().id(),
                plan.taskType(),
                call.entry().timestamp(),
                call.entry().autoRules() == null ? null : call.entry().autoRules().ruleSet(),
                found,
                content);
    }

    /** The candidate of an example, or why it cannot be written. */
    Made.Content candidate(Example example, Origin origin, Origin second) {
        byte[] key = ExampleKey.of(example.fields());
        ObjectNode source = origin.line(HexFormat.of().formatHex(key).substring(0, KEY_DIGITS));
        if (second != null) {
            source.put("preferredLogId", second.log().toString());
        }
        Optional<byte[]> line = JsonLine.of(example.fields());
        Optional<byte[]> sourceLine = JsonLine.of(source);
        if (line.isEmpty() || sourceLine.isEmpty()) {
            return new Made.None(DropReason.NOT_CONVERTIBLE);
        }
        Candidate candidate =
                new Candidate(
                        line.get(),
                        sourceLine.get(),
                        label(example),
                        example.leavesOutIntents(),
                        origin.confidence(),
                        second == null ? origin.hashes() : both(origin, second));
        boolean reviewed = origin.reviewed() && (second == null || second.reviewed());
        ByteBuffer bits = ByteBuffer.wrap(key);
        Facts facts =
                new Facts(
                        bits.getLong(),
                        bits.getLong(),
                        example.conversation(),
                        Facts.rank(reviewed, origin.confidence()));
        int[] shingles = minHash == null ? NO_SHINGLES : Shingles.of(example.text());
        long[] buckets = shingles.length == 0 ? NO_BUCKETS : minHash.buckets(shingles);
        return new Made.One(candidate, facts, shingles, buckets);
    }

    private Made.Content content(Call call, Map<String, Integer> found) {
        Optional<DropReason> refusal = plan.filter().refusal(call, plan.converter().format());
        if (refusal.isPresent()) {
            return new Made.None(refusal.get());
        }
        Outcome outcome = plan.converter().convert(call, found);
        if (outcome instanceof Example example) {
            return candidate(example, Origin.of(call, persons), null);
        }
        return outcome instanceof Outcome.Sides sides
                ? new Made.Some(sides.sides(), Origin.of(call, persons))
                : new Made.None(((Outcome.Dropped) outcome).reason());
    }

    private static byte label(Example example) {
        return switch (example.fields().path("label").asText()) {
            case "safe" -> Candidate.SAFE;
            case "unsafe" -> Candidate.UNSAFE;
            default -> Candidate.NO_LABEL;
        };
    }

    private static long[] both(Origin one, Origin other) {
        long[] first = one.hashes();
        long[] second = other.hashes();
        return new long[] {first[0], first[1], second[0], second[1]};
    }
}
