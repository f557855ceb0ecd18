package dev.acey.kit.anchor;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which service remembers whose audit trail. */
@Singleton
public class Keepers {

    private static final Set<String> CALLABLE = Set.of("log", "dataset", "simulation", "rollout");

    private final Map<String, String> keepers;

    @Inject
    Keepers(AnchorSettings settings) {
        this(settings.keepers());
    }

    Keepers(Map<String, String> keepers) {
        this.keepers = keepers;
        keepers.forEach(Keepers::check);
    }

    /**
     * The keeper of a service's trail, named as services are in {@code acey.<service>.url}.
     *
     * @throws IllegalArgumentException for a service without one
     */
    public String of(String service) {
        String keeper = keepers.get(service);
        if (keeper == null) {
            throw new IllegalArgumentException("acey.audit.keepers." + service + " is missing");
        }
        return keeper;
    }

    /** Services that have an audit trail, by their names. */
    Set<String> services() {
        return new TreeSet<>(keepers.keySet());
    }

    private static void check(String service, String keeper) {
        if (keeper.equals(service) || !CALLABLE.contains(keeper)) {
            throw new IllegalArgumentException(
                    "acey.audit.keepers."
                            + service
                            + "="
                            + keeper
                            + " must be another service: one of "
                            + new TreeSet<>(CALLABLE));
        }
    }
}
