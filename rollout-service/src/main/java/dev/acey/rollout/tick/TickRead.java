package dev.acey.rollout.tick;

import dev.acey.rollout.guard.count.CountedKey;
import dev.acey.rollout.guard.count.KeyCount;
import dev.acey.rollout.guard.count.ReducedTick;
import dev.acey.rollout.guard.count.TickReduction;
import dev.acey.rollout.plan.Stage;
import dev.acey.rollout.staged.Held;
import dev.acey.rollout.staged.Watching;
import dev.acey.rollout.stored.JsonText;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes the observations of one tick out of those that wait, and counts them. */
final class TickRead {

    private static final String EARLIEST =
            """
            SELECT CAST(floor(extract(epoch FROM min(at)) * 1000) AS bigint)
            FROM rollout_observation WHERE rollout_id = CAST(:id AS uuid)
            """;

    private final Held held;
    private final StoredWatch watch;
    private final int number;
    private final Stage stage;
    private boolean empty;

    TickRead(Held held, StoredWatch watch, int stage) {
        this.held = held;
        this.watch = watch;
        this.number = stage;
        this.stage = held.plan().at(stage);
    }

    /** Whether nothing at all was waiting for the tick. */
    boolean isEmpty() {
        return empty;
    }

    /** Ticks without anything in them say no more together than the last of them does. */
    Uni<Void> skipEmpty(Instant seenUntil) {
        Watching watching = held.watching();
        return held.session()
                .createNativeQuery(EARLIEST, Long.class)
                .setParameter("id", watch.rolloutId.toString())
                .getSingleResultOrNull()
                .invoke(
                        earliest -> {
                            long last = watching.tickOf(seenUntil.minus(watching.lag())) - 1;
                            long filled =
                                    earliest == null
                                            ? last
                                            : watching.tickOf(Instant.ofEpochMilli(earliest));
                            watch.nextTick = Math.max(watch.nextTick, Math.min(last, filled));
                        })
                .replaceWithVoid();
    }

    /** The tick's counts. What waited for it waits no more. */
    Uni<ReducedTick> take() {
        Instant start = held.watching().startOf(watch.nextTick);
        return waiting(held.watching().startOf(watch.nextTick + 1))
                .invoke(rows -> empty = rows.isEmpty())
                .flatMap(
                        rows -> {
                            List<Waiting> counted =
                                    rows.stream()
                                            .filter(r -> r.isOf(number, !stage.isLive(), start))
                                            .toList();
                            int excluded = rows.size() - counted.size();
                            return keys(counted).map(k -> reduce(start, counted, k, excluded));
                        });
    }

    private Uni<List<Waiting>> waiting(Instant end) {
        return held.session()
                .createNativeQuery(Waiting.READ, String.class)
                .setParameter("id", watch.rolloutId.toString())
                .setParameter("end", end)
                .getSingleResult()
                .map(text -> List.of(JsonText.read(text, Waiting[].class)))
                .call(rows -> rows.isEmpty() ? Uni.createFrom().item(0) : forget(end));
    }

    private Uni<Integer> forget(Instant end) {
        return held.session()
                .createNativeQuery(Waiting.FORGET)
                .setParameter("id", watch.rolloutId.toString())
                .setParameter("end", end)
                .executeUpdate();
    }

    private Uni<Map<CountedKey, KeyCount>> keys(List<Waiting> counted) {
        Set<String> keys =
                counted.stream()
                        .filter(Waiting::isCall)
                        .map(Waiting::keyHash)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        return keys.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : KeyRows.read(held.session(), watch.rolloutId, stage.kind(), keys);
    }

    private ReducedTick reduce(
            Instant start, List<Waiting> counted, Map<CountedKey, KeyCount> keys, int excluded) {
        return TickReduction.reduce(
                start,
                number,
                stage.kind(),
                stage.weight(),
                counted.stream().filter(Waiting::isCall).map(Waiting::call).toList(),
                counted.stream().filter(row -> !row.isCall()).map(Waiting::feedback).toList(),
                keys,
                excluded);
    }
}
