package dev.acey.log.alertmanager;

import dev.acey.log.alert.Alert;
import dev.acey.log.alert.Rule;
import dev.acey.log.alert.Subject;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An alert as Alertmanager's API v2 takes it ({@code postableAlert}). Labels name it: the same
 * labels are the same alert, whichever replica sends them.
 *
 * @param endsAt when it was resolved; of one that fires, until when that holds unless it is told
 *     again
 */
@RegisterForReflection
public record PostableAlert(
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant startsAt,
        Instant endsAt) {

    static PostableAlert of(Alert alert, Instant now, Duration holds) {
        Subject subject = alert.subject();
        Map<String, String> labels = new TreeMap<>();
        labels.put("alertname", name(subject.rule()));
        labels.put("severity", subject.rule() == Rule.ERROR_RATE ? "critical" : "warning");
        labels.put("taskType", subject.taskType());
        if (!subject.variant().isEmpty()) {
            labels.put("variant", subject.variant());
        }
        String summary =
                String.format(
                        Locale.ROOT,
                        "%s of %s%s crossed %s",
                        subject.rule().json(),
                        subject.taskType(),
                        subject.variant().isEmpty() ? "" : " (" + subject.variant() + ")",
                        plain(alert.threshold()));
        return new PostableAlert(
                labels,
                Map.of(
                        "summary",
                        summary,
                        "value",
                        plain(alert.value()),
                        "threshold",
                        plain(alert.threshold())),
                alert.since(),
                alert.resolvedAt() == null ? now.plus(holds) : alert.resolvedAt());
    }

    private static String name(Rule rule) {
        String json = rule.json();
        return "Acey" + Character.toUpperCase(json.charAt(0)) + json.substring(1);
    }

    private static String plain(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
