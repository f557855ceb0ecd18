package dev.acey.simulation.impact;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.rules.Finding;
import dev.acey.rules.Verdict;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What would change, as far as it was looked at; written as it is into a job's checkpoint. Memory
 * does not grow with the calls. For one thread at a time.
 */
@RegisterForReflection
final class Impact {

    private static final int MOST_LISTED = 100;
    private static final int MOST_NAMES = 1_000;
    private static final int FINDINGS_KEPT = 20;

    @JsonProperty("judged")
    long judged;

    @JsonProperty("changed")
    long changed;

    @JsonProperty("notReplayable")
    long notReplayable;

    @JsonProperty("tasks")
    Map<String, Task> tasks = new TreeMap<>();

    @JsonProperty("rules")
    Map<String, Rule> rules = new TreeMap<>();

    @JsonProperty("changes")
    List<Change> changes = new ArrayList<>();

    /** A task's calls; decisions that change are counted by {@code approved → rejected}. */
    @RegisterForReflection
    static final class Task {

        @JsonProperty("judged")
        long judged;

        @JsonProperty("changed")
        long changed;

        @JsonProperty("decisions")
        Map<String, Long> decisions = new TreeMap<>();
    }

    /** The calls a rule had findings on, as recorded, and would have. */
    @RegisterForReflection
    static final class Rule {

        @JsonProperty("recorded")
        long recorded;

        @JsonProperty("now")
        long now;

        /**
         * Changed decisions on which this rule has a finding that was not recorded, or lacks one.
         */
        @JsonProperty("changed")
        long changed;
    }

    /** A call whose decision would be another; the first 20 findings of each. */
    @RegisterForReflection
    record Change(
            @JsonProperty("logId") UUID logId,
            @JsonProperty("taskType") String taskType,
            @JsonProperty("recorded") String recorded,
            @JsonProperty("now") String now,
            @JsonProperty("recordedFindings") List<JsonNode> recordedFindings,
            @JsonProperty("nowFindings") List<JsonNode> nowFindings) {}

    /** A call whose verdict was recorded, but cannot be reached again. */
    void skip() {
        notReplayable++;
    }

    void add(LogEntry entry, Verdict verdict) {
        String recorded = entry.autoRules().decision();
        String now = verdict.decision().json();
        Task task = counted(tasks, entry.taskType(), new Task());
        boolean other = !now.equals(recorded);
        judged++;
        task.judged++;
        if (other) {
            changed++;
            task.changed++;
            task.decisions.merge(recorded + " → " + now, 1L, Long::sum);
            list(entry, verdict);
        }
        addRules(entry.autoRules().findings(), verdict.findings(), other);
    }

    private void addRules(JsonNode recordedFindings, List<Finding> findings, boolean other) {
        Set<String> recorded = new HashSet<>();
        if (recordedFindings != null) {
            recordedFindings.forEach(f -> recorded.add(f.path("ruleId").asText("")));
        }
        Set<String> now = new HashSet<>();
        findings.forEach(finding -> now.add(finding.ruleId()));
        recorded.forEach(id -> counted(rules, id, new Rule()).recorded++);
        now.forEach(id -> counted(rules, id, new Rule()).now++);
        if (other) {
            recorded.stream()
                    .filter(id -> !now.contains(id))
                    .forEach(id -> counted(rules, id, new Rule()).changed++);
            now.stream()
                    .filter(id -> !recorded.contains(id))
                    .forEach(id -> counted(rules, id, new Rule()).changed++);
        }
    }

    private void list(LogEntry entry, Verdict verdict) {
        if (changes.size() == MOST_LISTED) {
            return;
        }
        List<JsonNode> recorded = new ArrayList<>();
        if (entry.autoRules().findings() != null) {
            for (JsonNode finding : entry.autoRules().findings()) {
                if (recorded.size() < FINDINGS_KEPT) {
                    recorded.add(finding);
                }
            }
        }
        changes.add(
                new Change(
                        entry.id(),
                        entry.taskType(),
                        entry.autoRules().decision(),
                        verdict.decision().json(),
                        recorded,
                        verdict.findings().stream()
                                .limit(FINDINGS_KEPT)
                                .map(Finding::toJson)
                                .map(JsonNode.class::cast)
                                .toList()));
    }

    /** Beyond so many names the rest is counted together. */
    private static <T> T counted(Map<String, T> all, String name, T fresh) {
        String key = all.size() < MOST_NAMES || all.containsKey(name) ? name : "…";
        T known = all.putIfAbsent(key, fresh);
        return known == null ? fresh : known;
    }
}
