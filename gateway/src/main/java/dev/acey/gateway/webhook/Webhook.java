package dev.acey.gateway.webhook;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A webhook as everybody may see it.
 *
 * @param events names of events, or beginnings with a star at their end
 * @param disabledAt when its receiver answered 410 and was called no more; null while it is called
 */
@RegisterForReflection
public record Webhook(
        UUID id, String url, List<String> events, Instant createdAt, Instant disabledAt) {

    /**
     * A webhook as it is answered once, to whom made it.
     *
     * @param secret what its calls are signed with
     */
    @RegisterForReflection
    public record Created(
            UUID id, String url, List<String> events, String secret, Instant createdAt) {}

    /**
     * A page of webhooks, newest first.
     *
     * @param nextCursor null on the last page
     */
    @RegisterForReflection
    public record Page(List<Webhook> webhooks, String nextCursor) {}
}
