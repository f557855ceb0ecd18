package dev.acey.log.redact;

import dev.acey.rules.sensitive.Kind;
import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is taken out of entries before they are stored. Off unless something is named here: an entry
 * that lost content can no longer be replayed exactly, and what was taken out is gone for good.
 */
@ConfigMapping(prefix = "acey.log.redaction")
public interface RedactionSettings {

    /** The detectors that are on: any of key, token, password, email, iban, card, phone. */
    Optional<Set<Kind>> detectors();

    /**
     * Own patterns by the label of their placeholder: {@code
     * acey.log.redaction.patterns.badge=\\bB-[0-9]{4}\\b} puts {@code [badge]} in the place of each
     * match. Regular expressions in RE2 syntax (linear time), at most 50 with at most 1,000
     * characters each; a label is {@code [a-z][a-z0-9-]{0,31}} and no detector's.
     */
    Map<String, String> patterns();
}
