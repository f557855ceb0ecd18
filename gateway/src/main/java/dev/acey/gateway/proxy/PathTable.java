package dev.acey.gateway.proxy;

import dev.acey.gateway.upstream.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which service owns which path. What is not listed is not passed on; above all nothing below
 * {@code /internal} or {@code /q}.
 */
public final class PathTable {

    /** A path itself, or with a slash at its end everything below it and the path as well. */
    private static final Map<String, Service> OWNERS = new LinkedHashMap<>();

    /** What a rule set would change is told by who simulates, not by who keeps the rules. */
    private static final Pattern IMPACT = Pattern.compile("/api/rules/[^/]+/impact(/.*)?");

    /** Below these a family is named by the next step of the path, elsewhere by the first. */
    private static final List<String> ROOTS = List.of("/api/", "/v1/");

    static {
        own(Service.LOG, "/api/log", "/api/logs/", "/api/metrics", "/api/alerts/");
        own(Service.DATASET, "/api/dataset/", "/api/finetune/", "/api/subjects/");
        own(Service.SIMULATION, "/api/simulate/", "/api/dryrun", "/api/compare");
        own(
                Service.ROLLOUT,
                "/api/models/",
                "/api/tasks/",
                "/api/rollout/",
                "/api/rollouts/",
                "/api/rules/",
                "/api/process",
                "/api/channels/",
                "/ofrep/",
                "/v1/chat/completions",
                "/v1/models/");
    }

    private PathTable() {}

    /**
     * The owner of a path that {@link Target} has found harmless; empty if the gateway passes
     * nothing on there.
     */
    public static Optional<Service> ownerOf(String path) {
        Service exact = OWNERS.get(path);
        if (exact != null) {
            return Optional.of(exact);
        }
        if (IMPACT.matcher(path).matches()) {
            return Optional.of(Service.SIMULATION);
        }
        int start = ROOTS.stream().filter(path::startsWith).findFirst().orElse("/").length();
        int end = path.indexOf('/', start);
        String family = (end < 0 ? path : path.substring(0, end)) + "/";
        return Optional.ofNullable(OWNERS.get(family));
    }

    private static void own(Service service, String... paths) {
        for (String path : paths) {
            OWNERS.put(path, service);
        }
    }
}
