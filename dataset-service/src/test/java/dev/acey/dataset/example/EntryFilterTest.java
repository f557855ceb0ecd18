package dev.acey.dataset.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.source.Call;
import dev.acey.kit.task.Format;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryFilterTest {

    private static final EntryFilter DEFAULTS = new EntryFilter(0.5, true, false, false);
    private static final EntryFilter OPEN = new EntryFilter(0, false, true, false);

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "approved, none",
                "modified, none",
                "rejected, REJECTED",
                "pending, PENDING",
                "somethingNew, PENDING"
            })
    void decisionsDecide(String decision, DropReason reason) {
        ObjectNode entry = Entries.good(1).put("controlDecision", decision);

        assertEquals(Optional.ofNullable(reason), refusal(DEFAULTS, entry));
        assertEquals(Optional.empty(), refusal(OPEN, entry));
    }

    @Test
    void whatNobodyJudgedIsNotKnownToBeGood() {
        ObjectNode entry = Entries.good(1).putNull("controlDecision");

        assertEquals(Optional.of(DropReason.PENDING), refusal(DEFAULTS, entry));
    }

    @Test
    void aRejectedEntryStaysInAClassification() {
        ObjectNode entry = Entries.good(1).put("controlDecision", "rejected");

        assertEquals(
                Optional.empty(),
                DEFAULTS.refusal(new Call(Entries.entry(entry), null), Format.CLASSIFICATION));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "0.5, 0.5, none",
                "0.5, 0.49999, LOW_CONFIDENCE",
                "0, 0, none",
                "1, 1, none",
                "1, 0.99999, LOW_CONFIDENCE"
            })
    void anEntryBelowTheMinimumStaysOut(double minimum, double confidence, DropReason reason) {
        ObjectNode entry = Entries.good(1).put("confidence", confidence);

        assertEquals(
                Optional.ofNullable(reason),
                refusal(new EntryFilter(minimum, true, false, false), entry));
    }

    @Test
    void anEntryWithoutConfidencePassesUnlessOneIsRequired() {
        ObjectNode entry = Entries.good(1).putNull("confidence");

        assertEquals(Optional.empty(), refusal(new EntryFilter(1, true, false, false), entry));
        assertEquals(
                Optional.of(DropReason.LOW_CONFIDENCE),
                refusal(new EntryFilter(0, true, false, true), entry));
    }

    @Test
    void aFailedCallNeverComesIn() {
        ObjectNode entry = Entries.good(1);
        entry.set("error", Entries.json("{'type': 'upstream_timeout'}"));

        assertEquals(Optional.of(DropReason.FAILED_CALL), refusal(OPEN, entry));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulation", "test", "shadow"})
    void onlyLiveTrafficComesIn(String environment) {
        ObjectNode entry = Entries.good(1);
        entry.putObject("context").put("environment", environment);

        assertEquals(Optional.of(DropReason.NOT_LIVE), refusal(OPEN, entry));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rejected", "pending"})
    void anEntryOfWhichThePersonShowedTheRightAnswerComesIn(String decision) {
        ObjectNode entry = Entries.good(1).put("controlDecision", decision);
        Call call = new Call(Entries.entry(entry), (ObjectNode) Entries.json("{'speech': 'so'}"));

        assertEquals(Optional.empty(), OPEN.refusal(call, Format.INSTRUCTION));
    }

    private static Optional<DropReason> refusal(EntryFilter filter, ObjectNode entry) {
        return filter.refusal(new Call(Entries.entry(entry), null), Format.INSTRUCTION);
    }
}
