package dev.acey.kit.start;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stops a start that would be dangerous: a service without authentication listens on loopback only,
 * unless {@code acey.insecure=true} says that somebody decided otherwise.
 */
@ApplicationScoped
class SafeStart {

    @ConfigProperty(name = "quarkus.http.host")
    String host;

    @ConfigProperty(name = "quarkus.management.enabled", defaultValue = "false")
    boolean management;

    @ConfigProperty(name = "quarkus.management.host")
    Optional<String> managementHost;

    @ConfigProperty(name = "acey.insecure")
    boolean insecure;

    void check(@Observes @Priority(1) StartupEvent start) {
        requireLoopback("quarkus.http.host", host, insecure);
        if (management) {
            requireLoopback("quarkus.management.host", managementHost.orElse("0.0.0.0"), insecure);
        }
    }

    static void requireLoopback(String property, String host, boolean insecure) {
        if (!insecure && !Loopback.is(host)) {
            throw new IllegalStateException(
                    property
                            + "="
                            + host
                            + " would listen beyond this machine without authentication. Set it to"
                            + " 127.0.0.1, or acey.insecure=true if something else keeps strangers"
                            + " out.");
        }
    }
}
