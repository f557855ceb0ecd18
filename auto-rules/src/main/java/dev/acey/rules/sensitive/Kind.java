package dev.acey.rules.sensitive;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What can be found in a text, each by one detector: a pure function, linear in the text, the same
 * on every JDK. Where two kinds claim the same characters, the one that stands first here has them.
 */
public enum Kind {
    /**
     * API keys by the form their issuers gave them (OpenAI, Anthropic, AWS, GitHub, GitLab, Slack,
     * Stripe, Google, Hugging Face, npm, SendGrid, Telegram), and private keys in PEM.
     */
    KEY(Credentials::keys),
    /** JSON web tokens (RFC 7519) and bearer tokens (RFC 6750). */
    TOKEN(Credentials::tokens),
    /** Passwords in URLs (RFC 3986, user information); the password alone. */
    PASSWORD(Credentials::passwords),
    /** E-mail addresses, internationalised ones too (RFC 6531). */
    EMAIL(Emails::find),
    /** International Bank Account Numbers whose check digits hold (ISO 13616). */
    IBAN(Ibans::find),
    /** Payment card numbers of a range in use whose Luhn digit holds (ISO/IEC 7812-1). */
    CARD(Cards::find),
    /**
     * Telephone numbers: international ones (E.164) in any grouping; national ones in the forms
     * that are written for nothing else, or behind a word that announces them.
     */
    PHONE(Phones::find);

    private final Function<String, List<Span>> detector;

    Kind(Function<String, List<Span>> detector) {
        this.detector = detector;
    }

    /** All places of this kind, in order, none overlapping another. */
    public List<Span> find(String text) {
        return detector.apply(text);
    }

    public boolean isIn(String text) {
        return !find(text).isEmpty();
    }

    /** The name in settings, counts and placeholders: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
