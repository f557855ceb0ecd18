package dev.acey.dataset.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.dataset.erasure.Parts.LogErasure;
import dev.acey.dataset.erasure.Parts.Step;
import dev.acey.kit.job.JobRun;
import dev.acey.kit.problem.Dependencies;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * One run of an erasure: step by step, each recorded before the next, until it is done or has to
 * wait. However long a service is away, the erasure goes on when it is back.
 */
final class ErasureRun {

    private static final Logger LOG = Logger.getLogger(ErasureRun.class);

    private final JobRun run;
    private final String user;
    private final People people;
    private final OtherServices services;
    private final HeldVersions versions;
    private final ErasureSettings settings;
    private final ObjectMapper json;
    private final Clock clock;

    private ErasureCourse course;

    ErasureRun(
            JobRun run,
            String user,
            People people,
            OtherServices services,
            HeldVersions versions,
            ErasureSettings settings,
            ObjectMapper json,
            Clock clock) {
        this.run = run;
        this.user = user;
        this.people = people;
        this.services = services;
        this.versions = versions;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
        this.course = ErasureCourse.of(run.job(), json);
    }

    Uni<JsonNode> goOn() {
        return step().onFailure(ErasureRun::mayPass).recoverWithUni(this::later);
    }

    private Uni<JsonNode> step() {
        return switch (course.stage()) {
            case ROLLOUT ->
                    services.inRollouts(user, course.cursor())
                            .chain(s -> took(s, course.withChannels(s.erased(), s.away())));
            case LOG -> services.inLogs(user, course.cursor()).chain(this::logged);
            case SIMULATION ->
                    services.inSimulations(user, course.cursor())
                            .chain(s -> took(s, course.withCases(s.erased())));
            case DATASETS -> datasets();
            case END -> end();
        };
    }

    private Uni<JsonNode> took(Step step, ErasureCourse counted) {
        ErasureCourse then = step.cursor() == null ? counted.next() : counted.from(step.cursor());
        return save(then).chain(() -> step.later() ? later(settings.again()) : step());
    }

    private Uni<JsonNode> logged(LogErasure erasure) {
        return switch (erasure.state()) {
            case "completed" -> save(course.withLogs(erasure.logs()).next()).chain(this::step);
            case "running" ->
                    save(course.from(erasure.id().toString())).chain(() -> later(settings.again()));
            default ->
                    save(course.from(null))
                            .chain(
                                    () ->
                                            Uni.createFrom()
                                                    .failure(
                                                            ProblemException.unavailable(
                                                                    "log-service's part "
                                                                            + erasure.state()
                                                                            + "; it is asked"
                                                                            + " again.")));
        };
    }

    /** What a preparation read before the entries were gone it may still publish: it is awaited. */
    private Uni<JsonNode> datasets() {
        if (course.passes() == null) {
            return versions.passesUnderWay()
                    .chain(open -> save(course.waitingForPasses(open)))
                    .chain(this::step);
        }
        return versions.underWay(course.passes())
                .chain(open -> open ? later(settings.again()) : withdraw().chain(this::step));
    }

    private Uni<Void> withdraw() {
        return versions.withdraw(user, (version, models) -> save(course.with(version, models)))
                .chain(() -> save(course.next()));
    }

    private Uni<JsonNode> end() {
        if (course.isLastRound()) {
            return people.forget(UUID.fromString(run.job().name()), course)
                    .map(done -> (JsonNode) json.valueToTree(course));
        }
        return save(course.secondRound()).chain(() -> later(settings.settle()));
    }

    /** A service that answers with a fault today may be mended tomorrow. */
    private static boolean mayPass(Throwable failure) {
        return Dependencies.isDown(failure) || failure instanceof WebApplicationException;
    }

    /** Which service it was is said, not how it failed: that could name the person. */
    private Uni<JsonNode> later(Throwable failure) {
        LOG.infof("An erasure waits at stage %s: %s", course.stage(), failure.getClass());
        return save(course.waiting(course.stage().name().toLowerCase(Locale.ROOT)))
                .chain(() -> later(settings.again()));
    }

    private Uni<JsonNode> later(Duration pause) {
        return run.parkUntil(clock.instant().plus(pause));
    }

    private Uni<Void> save(ErasureCourse next) {
        course = next;
        return run.checkpoint(json.valueToTree(next));
    }
}
