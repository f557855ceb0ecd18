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

    /** What one answer is made of at most, so that it has some megabytes whatever is stored. */
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
                "date_bin(make_interval(secs => %s), start, 'epoch') AS step"
                        .formatted(where.argument((double) query.step().toSeconds()));
        // By number first: the names follow from it, and are slower to sort by.
        List<String> by = List.of("series.id", step, "task_type", "variant");
        return rollups.read(List.of(span), by, where, MOST_POINTS + 1)
                .map(groups -> metrics(query, span, byArm(groups)));
    }

    private static Map<Arm, Map<Instant, Tally>> byArm(List<Group> groups) {
        if (groups.size() > MOST_POINTS) {
            throw tooMany();
        }
        Map<Arm, Map<Instant, Tally>> arms = new TreeMap<>();
        for (Group group : groups) {
            Arm arm = new Arm(group.key().getString("task_type"), group.key().getString("variant"));
            Instant step = group.key().getOffsetDateTime("step").toInstant();
            arms.computeIfAbsent(arm, a -> new HashMap<>())
                    .merge(step, group.tally(), MetricsReader::sum);
        }
        return arms;
    }

    private static Tally sum(Tally one, Tally other) {
        one.merge(other);
        return one;
    }

    private static ProblemException tooMany() {
        return ProblemException.invalid(
                "/stepSeconds",
                "makes more than %d figures of all that is asked for; ask for one taskType, or for"
                                .formatted(MOST_POINTS)
                        + " longer steps");
    }

    private static Metrics metrics(
            MetricsQuery query, Span span, Map<Arm, Map<Instant, Tally>> arms) {
        Duration step = query.step();
        long steps = Duration.between(span.from(), span.to()).dividedBy(step);
        if (steps * arms.size() > MOST_POINTS) {
            throw tooMany();
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

    private static List<Point> points(Span span, Duration step, Map<Instant, Tally> tallies) {
        List<Point> points = new ArrayList<>();
        for (Instant at = span.from(); at.isBefore(span.to()); at = at.plus(step)) {
            Tally tally = tallies.get(at);
            points.add(new Point(at, Figures.of(tally == null ? new Tally() : tally)));
        }
        return points;
    }
}
