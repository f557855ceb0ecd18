package dev.acey.gateway.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.standardwebhooks.Webhook;
import dev.acey.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    private static final String BODY = "{\"type\":\"alert.firing\",\"data\":{\"text\":\"ä 😀\"}}";

    @Test
    void signsAsTheStandardsOwnLibraryDoes() throws Exception {
        for (int i = 0; i < 20; i++) {
            Secret secret = Secret.random(new SecureRandom());
            Webhook theirs = new Webhook(secret.text());

            assertEquals(
                    theirs.sign("msg_" + i, 1_674_087_231L + i, BODY),
                    secret.sign(
                            "msg_" + i, 1_674_087_231L + i, BODY.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void aSecretIsItsTextAndItsKey() {
        Secret secret = Secret.random(new SecureRandom());

        assertEquals(secret.text(), Secret.of(secret.text()).text());
        assertEquals(secret.text(), Secret.ofKey(secret.key()).text());
        assertNotEquals(secret.text(), Secret.random(new SecureRandom()).text());
    }

    @Test
    void noLogLineTellsIt() {
        Secret secret = Secret.random(new SecureRandom());

        assertFalse(secret.toString().contains(secret.text().substring(6, 12)));
        assertFalse(new WebhookCommand("u", null, secret.text()).toString().contains("whsec"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "whsec_AAAA",
                "whsec_not base64 not base64 not base64 not base64",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa==",
            })
    void whatIsNoSecretIsRefusedWithoutRepeatingIt(String text) {
        ProblemException refused = assertThrows(ProblemException.class, () -> Secret.of(text));

        assertEquals("/secret", refused.problem().errors().get(0).pointer());
        assertFalse(refused.getMessage().contains("MfKQ"));
    }
}
