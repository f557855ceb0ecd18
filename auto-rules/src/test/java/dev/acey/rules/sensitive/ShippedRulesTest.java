package dev.acey.rules.sensitive;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.rules.golden.GoldenCase;
import dev.acey.rules.golden.GoldenCases;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules on speech and the detectors name the same things. */
class ShippedRulesTest {
    private static final List<String> RULES =
            List.of(
                    "speech-apiKey",
                    "speech-privateKey",
                    "speech-accessToken",
                    "speech-cardNumber",
                    "speech-iban",
                    "speech-email",
                    "speech-phone");

    @Test
    void whatTheShippedRulesRejectInSpeechIsTakenOut() {
        Redactor redactor = new Redactor(EnumSet.allOf(Kind.class), Map.of());
        List<GoldenCase> cases =
                GoldenCases.all().stream()
                        .filter(one -> RULES.stream().anyMatch(one.name()::startsWith))
                        .filter(one -> one.name().endsWith("-rejected"))
                        .toList();
        assertTrue(cases.size() >= 20, "cases: " + cases.size());
        for (GoldenCase one : cases) {
            String speech = one.output().path("speech").textValue();
            assertNotEquals(speech, redactor.redact(speech, new HashMap<>()), one.name());
        }
    }
}
