package dev.acey.kit.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Does what the test wrote down for the job of that name. */
@Singleton
class ScriptedHandler implements JobHandler {

    static final String KIND = "scripted";

    final ConcurrentHashMap<String, Function<JobRun, Uni<JsonNode>>> scripts =
            new ConcurrentHashMap<>();

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<JsonNode> run(JobRun run) {
        return scripts.get(run.job().name()).apply(run);
    }
}
