package dev.acey.bench.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Begins long work and looks at it until it has ended, whatever happens to the service. */
final class Runs {

    private final AceySystem system;
    private final Http http;

    Runs(AceySystem system, Http http) {
        this.system = system;
        this.http = http;
    }

    /** Begins at this path, and answers where to look. */
    URI begin(String path, ObjectNode order) {
        JsonNode begun = http.postAsync(system.gateway(path), order);
        return system.gateway(path + "/" + begun.path("id").asText());
    }

    /** As it is now; null while nobody answers. */
    JsonNode look(URI run) {
        try {
            return http.get(run);
        } catch (UncheckedIOException e) {
            return null;
        } catch (Http.UnexpectedException e) {
            if (e.isUnavailable()) {
                return null;
            }
            throw e;
        }
    }

    /** As it is when it has completed. */
    JsonNode end(URI run) {
        while (true) {
            JsonNode now = look(run);
            String state = now == null ? "" : now.path("state").asText();
            if (state.equals("completed")) {
                return now;
            }
            if (List.of("failed", "cancelled").contains(state)) {
                throw new IllegalStateException("it did not complete: " + now);
            }
            pause(200);
        }
    }

    static void pause(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
