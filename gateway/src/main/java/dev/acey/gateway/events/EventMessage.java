package dev.acey.gateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.event.Event;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * An event as those outside see it, on the stream and in a webhook's body: what Standard Webhooks
 * asks for, and its subject. The id stands beside it.
 *
 * @param type such as {@code alert.firing}
 * @param subject what it happened to, such as {@code task:game}
 */
@RegisterForReflection
public record EventMessage(String type, Instant timestamp, String subject, JsonNode data) {

    public static EventMessage of(Event event) {
        return new EventMessage(event.type(), event.at(), event.subject(), event.data());
    }
}
