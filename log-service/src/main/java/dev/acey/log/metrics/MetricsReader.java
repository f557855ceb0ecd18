package dev.acey.log.metrics;

import dev.acey.kit.problem.ProblemException;
import dev.acey.log.metrics.Metrics.Point;
import dev.acey.log.metrics.Metrics.Series;
import dev.acey.log.metrics.Metrics.Total;
import dev.acey.log.rollup.Rollups;
import dev.acey.log.rollup.Rollups.Group;
import dev.acey.log.rollup.Span;
import dev.acey.log.store.Where;
import dev.acey.log.tally.Tally;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes series and totals of roll-ups. */
@ApplicationScoped
class MetricsReader {

    /** What one answer holds at most, so that it is of some megabytes whatever is stored. */
    static final int MOST_POINTS = 30_000;

    private final Rollups rollups;

    MetricsReader(Rollups rollups) {
        this.rollups = rollups;
    }

    private record Arm(String taskType, String variant) implements Comparable<Arm> {

        @Override
        public int compareTo(Arm other) {
            int byTask = taskType.compareTo(other.taskType);
            return byTask != 0 ? byTask : variant.compareTo(other.variant);
        }

        /** Null for none, as it is answered. */
        String shownVariant() {
            return variant.isEmpty() ? null : variant;
        }
    }

    Uni<Metrics> read(MetricsQuery query, Instant now) {
        Span span = query.span(now);
        Where where = query.where();
        String step =
                "floor(extract(epoch FROM start) / %s::bigint)::bigint AS step"
                        .formatted(where.argument(query.step().toSeconds()));
        return rollups.read(
                        List.of(span), List.of("task_type", "variant", step), where, MOST_POINTS)
                .map(groups -> metrics(query, span, byArm(groups)));
    }

    private static Map<Arm, Map<Long, Tally>> byArm(List<Group> groups) {
        Map<Arm, Map<Long, Tally>> arms = new TreeMap<>();
        for (Group group : groups) {
            Arm arm = new Arm(group.key().getString("task_type"), group.key().getString("variant"));
            arms.computeIfAbsent(arm, a -> new HashMap<>())
                    .put(group.key().getLong("step"), group.tally());
        }
        return arms;
    }

    private static Metrics metrics(MetricsQuery query, Span span, Map<Arm, Map<Long, Tally>> arms) {
        Duration step = query.step();
        long steps = Duration.between(span.from(), span.to()).dividedBy(step);
        if (steps * arms.size() > MOST_POINTS) {
            throw ProblemException.invalid(
                    "/stepSeconds",
                    "makes %d steps of each of %d series; with a taskType, or fewer steps, there"
                                    .formatted(steps, arms.size())
                            + " must be at most "
                            + MOST_POINTS);
        }
        List<Total> totals = new ArrayList<>();
        List<Series> series = new ArrayList<>();
        arms.forEach(
                (arm, tallies) -> {
                    Tally total = new Tally();
                    tallies.values().forEach(total::merge);
                    totals.add(new Total(arm.taskType(), arm.shownVariant(), Figures.of(total)));
                    List<Point> points = points(span, step, tallies);
                    series.add(new Series(arm.taskType(), arm.shownVariant(), points));
                });
        return new Metrics(
                span.from(),
                span.to(),
                query.window().toSeconds(),
                step.toSeconds(),
                query.environment(),
                totals,
                series);
    }

    private static List<Point> points(Span span, Duration step, Map<Long, Tally> tallies) {
        List<Point> points = new ArrayList<>();
        for (Instant at = span.from(); at.isBefore(span.to()); at = at.plus(step)) {
            Tally tally = tallies.get(at.getEpochSecond() / step.toSeconds());
            points.add(new Point(at, Figures.of(tally == null ? new Tally() : tally)));
        }
        return points;
    }
}
