package dev.acey.gateway.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * The state of every part.
 *
 * @param status UP when every part is
 * @param services the gateway, the four services and the gateway's database
 * @param details what services that are up tell of themselves, such as what rollout-service routes
 *     by while its database is away; missing when none does
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record SystemHealth(State status, Map<String, State> services, Map<String, ObjectNode> details) {

    enum State {
        UP,
        DOWN
    }

    static SystemHealth of(Map<String, State> services, Map<String, ObjectNode> details) {
        boolean up = services.values().stream().allMatch(state -> state == State.UP);
        return new SystemHealth(up ? State.UP : State.DOWN, services, details);
    }
}
