package dev.acey.log.alert;

import dev.acey.log.threshold.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One look at the figures: a pure function of them, of what was known before, and of the time.
 *
 * <p>An alert fires when its figure is over the threshold in two looks in a row, and is resolved
 * when the figure is at most {@value #CALM} of the threshold in two looks in a row. In between
 * nothing changes, so that a figure that wavers around its threshold fires once. A figure of fewer
 * calls than the minimum sample says nothing: it neither fires nor resolves; only when that has
 * lasted for an hour a firing alert is resolved, with the reason that there are no data.
 *
 * @param written alerts as they are now, those that changed only
 * @param forgotten pending alerts that came to nothing
 * @param told alerts among those written that fired or were resolved just now
 */
record Evaluation(List<Alert> written, List<UUID> forgotten, List<Alert> told) {

    static final int LOOKS = 2;
    static final double CALM = 0.9;
    static final Duration LONGEST_SILENCE = Duration.ofHours(1);

    /**
     * @param measured the figures; what is missing has no calls
     * @param open the alerts that are pending or firing
     * @param ids gives each new alert its id
     */
    static Evaluation of(
            Map<Subject, Measurement> measured,
            Collection<Alert> open,
            Thresholds thresholds,
            Instant now,
            Supplier<UUID> ids) {
        Evaluation evaluation =
                new Evaluation(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<Subject, Alert> known =
                open.stream().collect(Collectors.toMap(Alert::subject, Function.identity()));
        Set<Subject> subjects = new LinkedHashSet<>(known.keySet());
        subjects.addAll(measured.keySet());
        for (Subject subject : subjects) {
            Measurement figure = measured.get(subject);
            boolean says = figure != null && figure.says(thresholds.minimumSample());
            Double value = says ? figure.value() : null;
            double threshold = subject.rule().threshold(thresholds);
            Alert alert = known.get(subject);
            if (alert == null) {
                if (says && value > threshold) {
                    evaluation.write(Alert.pending(ids.get(), subject, value, threshold, now));
                }
            } else if (alert.state() == Alert.State.PENDING) {
                evaluation.pending(alert, value, threshold, now);
            } else {
                evaluation.firing(alert, value, threshold, now);
            }
        }
        return evaluation;
    }

    private void pending(Alert alert, Double value, double threshold, Instant now) {
        if (value == null || value <= threshold) {
            forgotten.add(alert.id());
        } else if (alert.looks() + 1 < LOOKS) {
            write(alert.seen(alert.looks() + 1));
        } else {
            tell(alert.fired(value, threshold, now));
        }
    }

    private void firing(Alert alert, Double value, double threshold, Instant now) {
        if (value == null) {
            Instant since = alert.unseenSince() == null ? now : alert.unseenSince();
            if (now.isBefore(since.plus(LONGEST_SILENCE))) {
                writeIfOther(alert, alert.unseen(since));
            } else {
                tell(alert.resolved(alert.value(), Alert.Reason.NO_DATA, now));
            }
        } else if (value > CALM * threshold) {
            writeIfOther(alert, alert.seen(0));
        } else if (alert.looks() + 1 < LOOKS) {
            write(alert.seen(alert.looks() + 1));
        } else {
            tell(alert.resolved(value, Alert.Reason.RECOVERED, now));
        }
    }

    private void writeIfOther(Alert before, Alert after) {
        if (!after.equals(before)) {
            write(after);
        }
    }

    private void write(Alert alert) {
        written.add(alert);
    }

    private void tell(Alert alert) {
        written.add(alert);
        told.add(alert);
    }
}
