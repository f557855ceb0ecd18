package dev.acey.simulation.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.simulation.output.AceyOutput;
import dev.acey.simulation.output.IntentMatch;
import dev.acey.simulation.output.TextSimilarity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * How the second of two outputs differs from the first.
 *
 * @param differences every other place than the intents where they differ, the first 1,000
 * @param similarity of what is said, 0 to 1 ({@link TextSimilarity})
 * @param intents which came, went and changed
 * @param confidenceDelta mean confidence of the second's intents less that of the first's, within
 *     -1 and 1; null where either has none
 */
@RegisterForReflection
public record Comparison(
        List<Differences.Difference> differences,
        double similarity,
        Intents intents,
        Double confidenceDelta) {

    /**
     * Intents that differ.
     *
     * @param added intents the second alone has
     * @param removed intents the first alone has
     * @param changed intents of the same type that both have, with different fields
     */
    @RegisterForReflection
    public record Intents(List<JsonNode> added, List<JsonNode> removed, List<Changed> changed) {}

    @RegisterForReflection
    public record Changed(JsonNode from, JsonNode to) {}

    static Comparison of(AceyOutput a, AceyOutput b) {
        IntentMatch match = IntentMatch.of(a.intents(), b.intents());
        List<Changed> changed =
                match.pairs().stream()
                        .filter(pair -> !pair.equal())
                        .map(pair -> new Changed(pair.a(), pair.b()))
                        .toList();
        return new Comparison(
                Differences.of(a.json(), b.json(), "intents"),
                TextSimilarity.of(a.speech(), b.speech()),
                new Intents(match.onlyB(), match.onlyA(), changed),
                a.confidence() == null || b.confidence() == null
                        ? null
                        : Double.valueOf(b.confidence() - a.confidence()));
    }
}
