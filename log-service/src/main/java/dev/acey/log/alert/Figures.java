package dev.acey.log.alert;

import dev.acey.log.rollup.Resolution;
import dev.acey.log.rollup.Rollups;
import dev.acey.log.rollup.Span;
import dev.acey.log.store.Where;
import dev.acey.log.tally.Tally;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** The figures of live traffic that rules are about, of at most 2,000 tasks and variants. */
@ApplicationScoped
class Figures {

    /** Histograms of so many are in memory for a moment; task types are what clients make up. */
    private static final int MOST = 2_000;

    private static final Logger LOG = Logger.getLogger(Figures.class);

    private final Rollups rollups;

    Figures(Rollups rollups) {
        this.rollups = rollups;
    }

    /** Of each task and variant that had calls within the window before now. */
    Uni<Map<Subject, Measurement>> measure(Duration window, Instant now) {
        Instant today = Resolution.DAY.floor(now);
        return live(Span.covering(today.minus(Duration.ofDays(1)), today, now), "task_type")
                .chain(
                        before ->
                                live(
                                                Span.covering(now.minus(window), now, now),
                                                "task_type",
                                                "variant")
                                        .map(latest -> measurements(latest, before)));
    }

    private Uni<List<Rollups.Group>> live(List<Span> spans, String... by) {
        Where where = new Where();
        where.and("environment = " + where.argument("live"));
        return rollups.read(spans, List.of(by), where, MOST + 1)
                .invoke(
                        groups -> {
                            if (groups.size() > MOST) {
                                LOG.warnf(
                                        "More than %d tasks and variants have traffic; the last of"
                                                + " them, by name, are not watched",
                                        MOST);
                            }
                        });
    }

    private static Map<Subject, Measurement> measurements(
            List<Rollups.Group> latest, List<Rollups.Group> before) {
        Map<String, Tally> dayBefore = new HashMap<>();
        before.forEach(group -> dayBefore.put(group.key().getString(0), group.tally()));
        Map<Subject, Measurement> measured = new HashMap<>();
        for (Rollups.Group group : latest) {
            String taskType = group.key().getString(0);
            Tally reference = dayBefore.getOrDefault(taskType, new Tally());
            for (Rule rule : Rule.values()) {
                measured.put(
                        new Subject(rule, taskType, group.key().getString(1)),
                        rule.measure(group.tally(), reference));
            }
        }
        return measured;
    }
}
