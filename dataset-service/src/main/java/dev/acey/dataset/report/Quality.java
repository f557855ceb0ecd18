package dev.acey.dataset.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.candidate.Candidate;
import java.io.IOException;

/** The quality report of a dataset, made while its examples are written. */
public final class Quality {

    private static final int SAMPLE = 50_000;
    private static final int CELLS = 10;
    private static final ObjectReader JSON = JsonMapper.builder().build().reader();

    private final Lengths lengths = new Lengths();
    private final Words words = new Words();
    private final long[] confidence = new long[CELLS];
    private final long every;
    private long examples;
    private long sampled;
    private long reviewed;
    private long withoutConfidence;
    private long leavingOutIntents;
    private long safe;
    private long unsafe;

    /**
     * @param expected examples; of many only each so-and-so-many-th is looked at for its words
     */
    public Quality(long expected) {
        every = Math.max(1, expected / SAMPLE);
    }

    /** Counts an example. */
    public void add(Candidate example, boolean byPerson) throws IOException {
        lengths.add(example.line().length);
        if (examples % every == 0) {
            addWords(JSON.readTree(example.line()));
            sampled++;
        }
        examples++;
        reviewed += byPerson ? 1 : 0;
        leavingOutIntents += example.leavesOutIntents() ? 1 : 0;
        safe += example.label() == Candidate.SAFE ? 1 : 0;
        unsafe += example.label() == Candidate.UNSAFE ? 1 : 0;
        if (Double.isNaN(example.confidence())) {
            withoutConfidence++;
        } else {
            confidence[(int) Math.min(CELLS - 1, example.confidence() * CELLS)]++;
        }
    }

    /** What is known of the examples that were kept. */
    public ObjectNode report() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("examples", examples)
                .put("reviewedByPerson", reviewed)
                .put("unreviewedShare", share(examples - reviewed))
                .put("intentsLeftOut", leavingOutIntents);
        report.set("bytesPerExample", lengths.report());
        report.set("confidence", confidence());
        report.set("vocabulary", words.report(sampled));
        if (safe + unsafe > 0) {
            report.putObject("labels")
                    .put("safe", safe)
                    .put("unsafe", unsafe)
                    .put("unsafeShare", share(unsafe));
        }
        return report;
    }

    private ObjectNode confidence() {
        ObjectNode histogram = JsonNodeFactory.instance.objectNode();
        ArrayNode cells = histogram.putArray("tenths");
        for (long count : confidence) {
            cells.add(count);
        }
        return histogram.put("none", withoutConfidence);
    }

    private void addWords(JsonNode node) {
        if (node.isTextual()) {
            words.add(node.textValue());
        } else {
            node.forEach(this::addWords);
        }
    }

    private double share(long some) {
        return examples == 0 ? 0 : Math.round(10_000.0 * some / examples) / 10_000.0;
    }
}
