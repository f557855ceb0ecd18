package dev.acey.gateway.calls;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Work a service does in the background: a preparation, a simulation. */
public interface LongWork {

    String id();

    /** As the service spells it. */
    String state();

    /** The problem it failed with, null if it did not. */
    JsonNode error();

    default boolean ended() {
        return Set.of("completed", "failed", "cancelled").contains(state());
    }

    default boolean succeeded() {
        return "completed".equals(state());
    }

    default boolean failed() {
        return ended() && !succeeded();
    }

    /** Why it did not succeed, in words. */
    default String failure() {
        String detail = error() == null ? "" : error().path("detail").asText("");
        return detail.isEmpty() ? "it is " + state() : detail;
    }
}
