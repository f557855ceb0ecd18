package dev.acey.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is written about the rules is true of them. */
class DocumentationTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "rules.md");

    @Test
    void theDocumentShowsTheShippedRulesAsTheyAre() throws IOException {
        String document = Files.readString(DOCUMENT);
        try (var in = RuleSet.class.getResourceAsStream("shipped.yaml")) {
            assertTrue(document.contains(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
        for (Rule rule : RuleSet.shipped().rules()) {
            assertTrue(
                    document.contains("| `" + rule.id() + "` | " + rule.effect().json()),
                    rule.id());
        }
    }

    @Test
    void theExampleInTheDocumentIsARuleSet() throws IOException {
        String document = Files.readString(DOCUMENT);
        String example = document.split("```yaml\n", 3)[1].split("```", 2)[0];
        Verdict verdict =
                TestJson.judge(
                        RuleSet.parse(example),
                        "{'intents': [{'type': 'giveaway', 'chips': 900}]}");

        assertTrue(
                verdict.reason().equals("giveaway.tooGenerous: at most 500 chips"),
                verdict.reason());
    }
}
