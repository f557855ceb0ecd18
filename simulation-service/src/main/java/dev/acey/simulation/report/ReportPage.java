package dev.acey.simulation.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.json.JsonConventions;
import dev.acey.simulation.drift.Drift;
import dev.acey.simulation.verdict.ModelComparison;
import dev.acey.simulation.verdict.ReferenceDrift;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A report, set for the page: what the template shows, in its order.
 *
 * @param reference null where no task has a pinned reference
 * @param failures of correctness, the first 20
 */
public record ReportPage(
        String id,
        String verdict,
        List<Fact> facts,
        List<String> reasons,
        List<Task> tasks,
        List<Decision> decisions,
        String flips,
        List<ComparisonRow> comparison,
        List<Fact> likeness,
        Voice voice,
        Voice reference,
        List<Fact> correctness,
        List<Fact> failures,
        List<SideBySide> cases) {

    private static final int FAILURES = 20;
    private static final int FAILURE = 300;
    private static final int REASONS = 100;

    /** A name and a value. */
    public record Fact(String name, String value) {}

    /** A task with its own verdict. */
    public record Task(String name, String verdict, List<String> reasons) {}

    /** How often the candidate's outputs were decided so. */
    public record Decision(String name, int count, String share, Chart chart) {}

    static ReportPage of(Report report, Reports reports) {
        JsonNode result = report.result();
        ReferenceDrift reference = reports.part(result, "referenceDrift", ReferenceDrift.class);
        ModelComparison comparison = reports.part(result, "comparison", ModelComparison.class);
        return new ReportPage(
                report.id().toString(),
                result.path("verdict").asText(),
                facts(report),
                texts(result.path("reasons")),
                tasks(result.path("tasks")),
                decisions(result.path("statistics")),
                flips(result.path("flips")),
                comparison == null ? List.of() : ComparisonRow.of(comparison),
                likeness(result.path("comparison")),
                Voice.of(
                        reports.part(result, "drift", Drift.class),
                        "baseline",
                        report.driftExamples()),
                Voice.of(
                        reference == null ? null : reference.overall(),
                        "reference",
                        report.referenceExamples()),
                scalars(result.path("correctness")),
                failures(result.path("correctness").path("failures")),
                report.worstCases());
    }

    private static List<Fact> facts(Report report) {
        JsonNode result = report.result();
        JsonNode consistency = result.path("consistency");
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Simulation", report.id().toString()));
        facts.add(new Fact("Asked for", JsonConventions.format(report.createdAt())));
        facts.add(new Fact("Completed", JsonConventions.format(report.endedAt())));
        facts.add(
                new Fact(
                        "Candidate",
                        result.path("candidateModel").asText("outputs that were recorded")));
        facts.add(new Fact("Logged calls", result.path("statistics").path("totalLogs").asText()));
        facts.add(
                new Fact(
                        "Live verdicts reached again",
                        consistency.path("agree").asText()
                                + " of "
                                + consistency.path("checked").asText()
                                + " checked"));
        facts.add(
                new Fact(
                        "A rollout may rest on it",
                        result.path("gates").asBoolean() ? "yes" : "no"));
        return List.copyOf(facts);
    }

    private static List<Task> tasks(JsonNode tasks) {
        List<Task> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> task : tasks.properties()) {
            rows.add(
                    new Task(
                            task.getKey(),
                            task.getValue().path("verdict").asText(),
                            texts(task.getValue().path("reasons"))));
        }
        return List.copyOf(rows);
    }

    private static List<Decision> decisions(JsonNode statistics) {
        int total = statistics.path("totalLogs").asInt();
        List<Decision> rows = new ArrayList<>();
        decision("approved", statistics.path("approvals").asInt(), total, rows);
        decision("modified", statistics.path("modifications").asInt(), total, rows);
        decision("pending", statistics.path("pending").asInt(), total, rows);
        decision("rejected", statistics.path("rejections").asInt(), total, rows);
        decision("no output", statistics.path("errors").asInt(), total, rows);
        return List.copyOf(rows);
    }

    private static void decision(String name, int count, int total, List<Decision> rows) {
        double share = total == 0 ? 0 : (double) count / total;
        String percent = Numbers.percent(share);
        rows.add(
                new Decision(
                        name,
                        count,
                        percent,
                        count == 0 ? null : Chart.share(share, name + ": " + percent)));
    }

    private static String flips(JsonNode flips) {
        if (!flips.path("rate").isNumber()) {
            return "No prompt has a decision on both outputs.";
        }
        return flips.path("count").asText()
                + " of "
                + flips.path("compared").asText()
                + " decisions would change with the candidate, "
                + Numbers.percent(flips.path("rate").asDouble())
                + " (95 % interval "
                + Numbers.percent(flips.path("interval").path(0).asDouble())
                + " to "
                + Numbers.percent(flips.path("interval").path(1).asDouble())
                + ").";
    }

    private static List<Fact> likeness(JsonNode comparison) {
        List<Fact> facts = new ArrayList<>();
        JsonNode similarity = comparison.path("similarity");
        JsonNode intents = comparison.path("intents");
        share("Likeness of what is said, mean", similarity.path("mean"), facts);
        share("Likeness of what is said, lowest", similarity.path("lowest"), facts);
        share(
                "Intents of the candidate that approved answers have too",
                intents.path("precision"),
                facts);
        share(
                "Intents of approved answers that the candidate has too",
                intents.path("recall"),
                facts);
        return List.copyOf(facts);
    }

    private static void share(String name, JsonNode share, List<Fact> facts) {
        if (share.isNumber()) {
            facts.add(new Fact(name, Numbers.percent(share.asDouble())));
        }
    }

    /** Every number and word of an object, by its own name. */
    private static List<Fact> scalars(JsonNode object) {
        List<Fact> facts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                String words = field.getKey().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
                facts.add(new Fact(words, field.getValue().asText()));
            }
        }
        return List.copyOf(facts);
    }

    private static List<Fact> failures(JsonNode failures) {
        List<Fact> facts = new ArrayList<>();
        for (JsonNode failure : failures) {
            if (facts.size() < FAILURES) {
                facts.add(
                        new Fact(
                                failure.path("logId").asText("no id"),
                                Clip.head(failure.path("detail").asText(), FAILURE)));
            }
        }
        return List.copyOf(facts);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(
                text -> {
                    if (texts.size() < REASONS) {
                        texts.add(text.asText());
                    }
                });
        return List.copyOf(texts);
    }
}
