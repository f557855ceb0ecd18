package dev.acey.gateway.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.acey.kit.audit.AuditLink;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A decision.
 *
 * @param service whose trail it is in
 * @param seq its number in that trail
 * @param actor who decided: a person, or a part of the system
 * @param action what was done, such as {@code rules.activate}
 * @param subject what it was done to, such as {@code task:game}
 * @param detail the numbers and settings of the decision
 * @param hash of the link, which the next one continues
 */
@RegisterForReflection
public record AuditEntry(
        String service,
        long seq,
        Instant at,
        String actor,
        String action,
        String subject,
        JsonNode detail,
        String hash) {

    static AuditEntry of(String service, AuditLink link, ObjectMapper json) {
        return new AuditEntry(
                service,
                link.seq(),
                link.at(),
                link.actor(),
                link.action(),
                link.subject(),
                detail(link.detail(), json),
                link.hash());
    }

    /** A row that somebody altered may hold anything; it is shown as it stands. */
    private static JsonNode detail(String text, ObjectMapper json) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
