package dev.acey.log.stats;

import dev.acey.log.retention.Retention;
import dev.acey.log.rollup.Rollups;
import dev.acey.log.rollup.Rollups.Group;
import dev.acey.log.rollup.Span;
import dev.acey.log.store.TimeRange;
import dev.acey.log.store.Where;
import dev.acey.log.tally.Count;
import dev.acey.log.tally.Sum;
import dev.acey.log.tally.Tally;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the figures of all task types. */
@ApplicationScoped
class StatsReader {

    private static final List<String> BY_TASK =
            List.of("task_type", "environment = 'live' AS live");

    private final Rollups rollups;
    private final StorageSize storage;
    private final Retention retention;
    private final Clock clock;

    StatsReader(Rollups rollups, StorageSize storage, Retention retention, Clock clock) {
        this.rollups = rollups;
        this.storage = storage;
        this.retention = retention;
        this.clock = clock;
    }

    Uni<LogStats> read(TimeRange time) {
        List<Span> spans = Span.covering(time.start(), time.end(), clock.instant());
        return rollups.read(spans, BY_TASK, new Where(), Integer.MAX_VALUE)
                .chain(groups -> storage.bytes().map(bytes -> stats(groups, bytes)));
    }

    private LogStats stats(List<Group> groups, long bytes) {
        Map<String, Long> taskTypes = new TreeMap<>();
        Tally all = new Tally();
        Tally live = new Tally();
        for (Group group : groups) {
            long entries = group.tally().count(Count.ENTRIES);
            if (entries > 0) {
                taskTypes.merge(group.key().getString("task_type"), entries, Long::sum);
            }
            all.merge(group.tally());
            if (group.key().getBoolean("live")) {
                live.merge(group.tally());
            }
        }
        return stats(taskTypes, all, live, bytes);
    }

    private LogStats stats(Map<String, Long> taskTypes, Tally all, Tally live, long storageBytes) {
        return new LogStats(
                all.count(Count.ENTRIES),
                taskTypes,
                decisions(all),
                all.count(Count.APPLICATIONS),
                all.count(Count.REJECTED),
                live.mean(Sum.RESPONSE_TIME, Count.RESPONSE_TIMES),
                live.responseTime(0.95),
                live.sum(Sum.COST),
                live.mean(Sum.CONFIDENCE, Count.CONFIDENCES),
                live.share(Count.FAILED, Count.ENTRIES),
                all.oldest(),
                all.newest(),
                storageBytes,
                retention.policy().logRetentionDays());
    }

    private static Map<String, Long> decisions(Tally tally) {
        Map<String, Long> decisions = new LinkedHashMap<>();
        decisions.put("approved", tally.count(Count.APPROVED));
        decisions.put("modified", tally.count(Count.MODIFIED));
        decisions.put("rejected", tally.count(Count.REJECTED));
        decisions.put("pending", tally.count(Count.PENDING));
        return decisions;
    }
}
