package dev.acey.gateway.health;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * The state of every part.
 *
 * @param status UP when every part is
 * @param services the gateway, the four services and the gateway's database
 */
@RegisterForReflection
record SystemHealth(State status, Map<String, State> services) {

    enum State {
        UP,
        DOWN
    }

    static SystemHealth of(Map<String, State> services) {
        boolean up = services.values().stream().allMatch(state -> state == State.UP);
        return new SystemHealth(up ? State.UP : State.DOWN, services);
    }
}
