package dev.acey.simulation.report;

import dev.acey.simulation.drift.Drift.Example;
import dev.acey.simulation.drift.Quote;
import dev.acey.simulation.output.AceyOutput;
import dev.acey.simulation.replay.Case;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a feature's drift shows, with the sentence of each side that has most of it.
 *
 * @param side as in {@link Example}
 * @param baseline null for another side, and where the case is no longer stored
 * @param candidate likewise
 */
@RegisterForReflection
public record ShownExample(
        String feature,
        String side,
        Integer position,
        UUID logId,
        String baseline,
        String candidate) {

    /**
     * @param one null where the case is not stored here, or no longer
     */
    static ShownExample of(String feature, Example example, Case one) {
        boolean both = example.side().equals("both");
        return new ShownExample(
                feature,
                example.side(),
                example.position(),
                example.logId(),
                one == null || !both ? null : quote(one.baseline(), feature),
                one == null ? null : quote(one.candidate(), feature));
    }

    private static String quote(Optional<AceyOutput> output, String feature) {
        return output.map(said -> Quote.of(said.speech(), feature))
                .map(quote -> Clip.head(quote, Quote.LONGEST))
                .orElse(null);
    }
}
