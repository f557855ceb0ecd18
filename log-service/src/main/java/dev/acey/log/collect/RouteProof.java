package dev.acey.log.collect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.entry.Routing;
import dev.acey.kit.token.RouteToken;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;

/** Believes a client's routing as far as the token of {@code /api/rollout/route} proves it. */
@Singleton
class RouteProof {

    private static final Set<String> ARMS = Set.of("baseline", "candidate");

    private final RouteToken tokens;

    RouteProof(RouteToken tokens) {
        this.tokens = tokens;
    }

    /**
     * The routing that the token names, with what only the client can know: who answered, and after
     * which attempts. Null without a token that we signed for this task not too long ago.
     */
    Routing of(JsonNode sent, String taskType, Instant now) {
        String token = LogEntryReader.routeToken(sent);
        if (token == null) {
            return null;
        }
        JsonNode told = sent.path("routing");
        return tokens.verify(token, now)
                .filter(claims -> taskType.equals(claims.taskType()))
                .map(claims -> routing(claims, told))
                .orElse(null);
    }

    private static Routing routing(RouteToken.Claims claims, JsonNode told) {
        String servedBy = told.path("servedBy").textValue();
        JsonNode attempts = told.path("attempts");
        return new Routing(
                claims.rolloutId(),
                claims.variant(),
                servedBy != null && ARMS.contains(servedBy) ? servedBy : null,
                claims.stage(),
                claims.model(),
                attempts.isArray() ? attempts : null,
                claims.keyHash());
    }
}
