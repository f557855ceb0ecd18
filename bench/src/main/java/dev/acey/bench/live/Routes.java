package dev.acey.bench.live;

import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;

/** Has a system route a task to the stub. */
final class Routes {

    private Routes() {}

    /**
     * Registers the stub as {@code bench-base} and {@code bench-next}; the first serves the task.
     */
    static void set(AceySystem system, Http http, StubModel stub, String task) {
        set(system, http, stub, task, "buffered");
    }

    static void set(AceySystem system, Http http, StubModel stub, String task, String streaming) {
        String model = "{\"baseUrl\": \"" + stub.baseUrl() + "\", \"upstreamModel\": \"stub\"}";
        http.put(system.gateway("/api/models/bench-base"), model);
        http.put(system.gateway("/api/models/bench-next"), model);
        http.put(
                system.gateway("/api/tasks/" + task),
                "{\"baseline\": \"bench-base\", \"streaming\": \"" + streaming + "\"}");
    }
}
