package dev.acey.dataset.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.job.JobHandler;
import dev.acey.kit.job.JobRun;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;

/**
 * Erases people, service after service in the order in which data flows, twice: what was on its way
 * between two services during the first round is found by the second.
 */
@Singleton
class ErasureJob implements JobHandler {

    static final String KIND = "erase-subject";

    private final People people;
    private final OtherServices services;
    private final HeldVersions versions;
    private final ErasureSettings settings;
    private final ObjectMapper json;
    private final Clock clock;

    ErasureJob(
            People people,
            OtherServices services,
            HeldVersions versions,
            ErasureSettings settings,
            ObjectMapper json,
            Clock clock) {
        this.people = people;
        this.services = services;
        this.versions = versions;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** The job's name is the erasure's id; its config says nothing. */
    @Override
    public Uni<JsonNode> run(JobRun run) {
        UUID erasure = UUID.fromString(run.job().name());
        return people.name(erasure)
                .chain(
                        name ->
                                name.isEmpty()
                                        ? Uni.createFrom().item(course(run))
                                        : new ErasureRun(
                                                        run,
                                                        name.get(),
                                                        people,
                                                        services,
                                                        versions,
                                                        settings,
                                                        json,
                                                        clock)
                                                .goOn());
    }

    private JsonNode course(JobRun run) {
        return json.valueToTree(ErasureCourse.of(run.job(), json));
    }
}
