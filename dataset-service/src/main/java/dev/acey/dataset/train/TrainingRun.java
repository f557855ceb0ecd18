package dev.acey.dataset.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.dataset.provider.Provider;
import dev.acey.dataset.provider.Refusal;
import dev.acey.dataset.provider.Report;
import dev.acey.dataset.provider.Training;
import dev.acey.dataset.provider.TrainingState;
import dev.acey.kit.job.JobRun;
import dev.acey.kit.problem.Dependencies;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;

/**
 * One look at a training: submit it if that has not happened, ask how it stands, and either wait or
 * draw the sum. What is about to happen at the provider is recorded first, so that whoever comes
 * after a crash knows that it may have happened.
 */
final class TrainingRun {

    private static final int MOST_DOUBLINGS = 4;

    private final JobRun run;
    private final Provider provider;
    private final Training training;
    private final Trainings.Said said;
    private final Registration registration;
    private final TrainSettings settings;
    private final ObjectMapper json;
    private final Clock clock;

    private Course course;

    TrainingRun(
            JobRun run,
            Provider provider,
            Training training,
            Trainings.Said said,
            Registration registration,
            TrainSettings settings,
            ObjectMapper json,
            Clock clock) {
        this.run = run;
        this.provider = provider;
        this.training = training;
        this.said = said;
        this.registration = registration;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
        this.course = Course.of(run.job(), json);
    }

    /** However long something is away, the training goes on when it is back. */
    Uni<JsonNode> goOn() {
        return look().onFailure(Refusal.class)
                .recoverWithUni(this::refused)
                .onFailure(Dependencies::isDown)
                .recoverWithUni(this::laterBecause);
    }

    private Uni<JsonNode> look() {
        if (course.state().ended()) {
            return finish();
        }
        if (said.cancel() && !course.submitting()) {
            return save(course.told(Report.of(TrainingState.CANCELLED, null))).chain(this::finish);
        }
        return submitted().chain(this::cancelIfSaid).chain(this::follow);
    }

    /**
     * A worker that died may have left a request on its way: before it is looked for what came of
     * that, it is given the time to arrive.
     */
    private Uni<Void> submitted() {
        if (course.job() != null) {
            return Uni.createFrom().voidItem();
        }
        boolean again = course.submitting();
        if (again && course.quiet() == 0) {
            return save(course.waiting(null)).chain(this::later).replaceWithVoid();
        }
        return save(again ? course : course.begun())
                .chain(() -> provider.submit(training, again))
                .chain(job -> save(course.submitted(job)));
    }

    private Uni<Void> cancelIfSaid() {
        return said.cancel()
                ? provider.cancel(training, course.job())
                : Uni.createFrom().voidItem();
    }

    private Uni<JsonNode> follow() {
        return provider.report(training, course.job())
                .map(TrainingRun::honest)
                .chain(report -> save(course.told(report)))
                .chain(() -> course.state().ended() ? finish() : later());
    }

    /** A training that made no model has not succeeded. */
    private static Report honest(Report report) {
        return report.state() == TrainingState.SUCCEEDED && report.resultModel() == null
                ? Report.of(TrainingState.FAILED, "The provider named no model.")
                : report;
    }

    private Uni<JsonNode> refused(Throwable refusal) {
        return save(course.told(Report.of(TrainingState.FAILED, refusal.getMessage())))
                .chain(this::finish);
    }

    private Uni<JsonNode> finish() {
        return provider.tidy(training)
                .onFailure(Refusal.class)
                .recoverWithNull()
                .chain(this::register)
                .map(done -> (JsonNode) json.valueToTree(course));
    }

    private Uni<Void> register() {
        if (course.state() != TrainingState.SUCCEEDED || course.registered() != null) {
            return Uni.createFrom().voidItem();
        }
        return registration
                .register(training, course.report(), said.staleSince())
                .chain(result -> save(course.registered(result)));
    }

    private Uni<JsonNode> laterBecause(Throwable failure) {
        return save(course.waiting(String.valueOf(failure.getMessage()))).chain(this::later);
    }

    private Uni<JsonNode> later() {
        Duration pause =
                settings.poll().multipliedBy(1L << Math.min(MOST_DOUBLINGS, course.quiet()));
        boolean unanswered = course.submitting() && course.job() == null;
        Duration least = unanswered ? settings.settle() : Duration.ZERO;
        return run.parkUntil(clock.instant().plus(pause.compareTo(least) < 0 ? least : pause));
    }

    private Uni<Void> save(Course next) {
        course = next;
        return run.checkpoint(json.valueToTree(next));
    }
}
