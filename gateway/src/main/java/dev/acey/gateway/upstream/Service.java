package dev.acey.gateway.upstream;

import java.util.Locale;

/** A service behind the gateway. */
public enum Service {
    LOG,
    DATASET,
    SIMULATION,
    ROLLOUT;

    /** As {@code /health} and the configuration name it, such as {@code log}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As people name it, such as {@code log-service}. */
    public String title() {
        return key() + "-service";
    }
}
