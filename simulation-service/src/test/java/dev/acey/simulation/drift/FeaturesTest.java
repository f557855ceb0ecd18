package dev.acey.simulation.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.rules.CanonicalJson;
import dev.acey.simulation.Chatter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeaturesTest {

    /** Whoever changes what is measured raises the version and puts both here. */
    @Test
    void pinnedReferencesAreComparableAsLongAsTheVersionIsTheSame() {
        String measured =
                Stream.concat(
                                IntStream.range(0, 50).mapToObj(Chatter::line),
                                Stream.of(
                                        "- One: “two” (3.5)!\n- You're it; maybe.\n\n",
                                        "Don't YOU think so? I'd say: perhaps, perhaps not…",
                                        "これは一つ。これは二つ。"))
                        .map(FeaturesTest::rounded)
                        .collect(Collectors.joining("\n"));

        assertEquals(1, Features.VERSION);
        assertEquals(
                "sha256:d7890cbe1c9a727af1241f53c6180a30dac7ff2b16e2f0214ac478b7de5da27e",
                CanonicalJson.sha256(measured.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void functionWordsAreAShareOfAllWords() {
        assertEquals(0.5, Features.functionWordShare(Features.of("the fold of river")), 1e-12);
        assertEquals(4, Features.wordCount(Features.of("the fold of river")), 1e-9);
        assertTrue(Features.functionWordShare(Features.of("Fold.")) == 0);
    }

    private static String rounded(String text) {
        return Arrays.stream(Features.of(text))
                .mapToObj(value -> String.format(Locale.ROOT, "%.9f", value))
                .collect(Collectors.joining(" "));
    }
}
