package dev.acey.bench.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What {@code ./acey verify-evidence} says of a rollout's evidence, and of a copy in which one
 * number of one tick is another.
 *
 * @param verdicts how often the guard said what
 * @param said of the changed copy
 */
record Proof(
        String name,
        String state,
        int stage,
        String steps,
        int ticks,
        Map<String, Integer> verdicts,
        boolean agrees,
        boolean found,
        String said) {

    static final String HEAD =
            "| rollout | ends | in stage | steps | ticks | verdicts | agrees | changed copy found |\n"
                    + "|---|---|---:|---|---:|---|---|---|";

    /** Saves the evidence in the folder and has it checked, from the repository's root. */
    static Proof of(String name, ObjectNode evidence, Path folder)
            throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".json");
        Files.writeString(file, evidence.toString());
        Map<String, Integer> verdicts = new LinkedHashMap<>();
        evidence.path("ticks")
                .forEach(
                        tick ->
                                verdicts.merge(
                                        tick.path("verdict").path("verdict").asText(),
                                        1,
                                        Integer::sum));
        Checked whole = check(file);
        Path changed = folder.resolve(name + "-changed.json");
        Files.writeString(changed, changed(name, evidence).toString());
        Checked other = check(changed);
        JsonNode rollout = evidence.path("rollout");
        return new Proof(
                name,
                rollout.path("state").asText(),
                rollout.path("stage").asInt(),
                String.join(", ", rollout.path("steps").findValuesAsText("action")),
                evidence.path("ticks").size(),
                verdicts,
                whole.exitCode() == 0,
                other.exitCode() == 1,
                other.said());
    }

    boolean stands() {
        return agrees && found;
    }

    String line() {
        return "| %s | %s | %d | %s | %d | %s | %s | %s |"
                .formatted(
                        name,
                        state,
                        stage,
                        steps,
                        ticks,
                        verdicts,
                        agrees ? "yes" : "NO",
                        found ? "yes" : "NO");
    }

    private record Checked(int exitCode, String said) {}

    private static Checked check(Path file) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("./acey", "verify-evidence", file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return new Checked(process.waitFor(), said);
    }

    /** The copy; which number it is follows from the name. */
    private static ObjectNode changed(String name, ObjectNode evidence) {
        ObjectNode copy = evidence.deepCopy();
        List<Runnable> changes = new ArrayList<>();
        copy.path("ticks").forEach(tick -> numbers(tick, changes));
        changes.get(new SplittableRandom(name.hashCode()).nextInt(changes.size())).run();
        return copy;
    }

    /** For each number below the node, what changes it by as little as can be. */
    private static void numbers(JsonNode node, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            object.fields()
                    .forEachRemaining(
                            field -> {
                                JsonNode value = field.getValue();
                                if (value.isIntegralNumber()) {
                                    changes.add(
                                            () ->
                                                    object.put(
                                                            field.getKey(), value.longValue() + 1));
                                } else if (value.isNumber()) {
                                    changes.add(
                                            () ->
                                                    object.put(
                                                            field.getKey(),
                                                            Math.nextUp(value.doubleValue())));
                                } else {
                                    numbers(value, changes);
                                }
                            });
        } else {
            node.forEach(item -> numbers(item, changes));
        }
    }
}
