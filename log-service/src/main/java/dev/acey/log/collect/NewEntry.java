package dev.acey.log.collect;

import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.Performance;
import dev.acey.kit.entry.Routing;
import dev.acey.log.rollup.SeriesKey;
import dev.acey.log.store.Days;
import dev.acey.log.store.EntryJson;
import dev.acey.log.store.People;
import dev.acey.log.store.TextColumn;
import dev.acey.log.tally.Measured;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.UUID;

/**
 * One row to insert.
 *
 * @param entry where the columns come from
 * @param finalAction JSON or null
 * @param userHash whose call it was, or null
 * @param body the payload
 */
record NewEntry(LogEntry entry, Buffer finalAction, Buffer userHash, Buffer body) {

    static NewEntry of(LogEntry entry, EntryJson json, People people) {
        return new NewEntry(
                entry,
                json.bytesOf(entry.finalAction()),
                people.hash(entry.user()),
                json.payloadOf(entry));
    }

    UUID id() {
        return entry.id();
    }

    LocalDate day() {
        return Days.of(entry.timestamp());
    }

    /** The action that goes with the decision; the rules' own where the decision is theirs. */
    String action() {
        String decision = entry.controlDecision();
        if (decision == null) {
            return null;
        }
        if (entry.autoRules() != null && decision.equals(entry.autoRules().decision())) {
            return entry.autoRules().action();
        }
        return switch (decision) {
            case "approved" -> "deliver";
            case "modified" -> "deliver_modified";
            case "rejected" -> "block";
            default -> "hold_for_review";
        };
    }

    String variant() {
        return entry.routing() == null ? null : entry.routing().variant();
    }

    /** The model's name as its column holds it. */
    String model() {
        return TextColumn.of(entry.model());
    }

    Double responseTime() {
        Performance performance = entry.performance();
        return performance == null ? null : performance.responseTime();
    }

    Double cost() {
        Performance performance = entry.performance();
        return performance == null ? null : performance.cost();
    }

    Integer findings() {
        return entry.autoRules() == null ? null : entry.autoRules().findings().size();
    }

    Long promptTokens() {
        return entry.performance() == null ? null : entry.performance().promptTokens();
    }

    Long completionTokens() {
        return entry.performance() == null ? null : entry.performance().completionTokens();
    }

    SeriesKey series() {
        Routing routing = entry.routing();
        return SeriesKey.of(
                entry.taskType(),
                entry.environment(),
                variant(),
                model(),
                routing == null ? null : routing.rolloutId(),
                routing == null ? null : routing.stage());
    }

    Measured measured() {
        return new Measured(
                entry.timestamp(),
                entry.failed(),
                entry.controlDecision(),
                findings(),
                entry.confidence(),
                responseTime(),
                cost(),
                promptTokens(),
                completionTokens());
    }
}
