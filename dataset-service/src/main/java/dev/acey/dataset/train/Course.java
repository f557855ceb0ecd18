package dev.acey.dataset.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.dataset.provider.Report;
import dev.acey.dataset.provider.TrainingState;
import dev.acey.kit.job.Job;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * How far a training has come: a job's checkpoint, and in the end its result.
 *
 * @param submitting whether a submission was begun: from then on the provider may have a job
 * @param job the provider's id of it; null before it is known
 * @param report what the provider told last; null before it told anything
 * @param registered what became of the result; null before the training succeeded
 * @param quiet how often in a row there was nothing new
 * @param waitingFor what could not be reached last time; null while all can
 */
@RegisterForReflection
record Course(
        boolean submitting,
        String job,
        Report report,
        Registered registered,
        int quiet,
        String waitingFor) {

    static final Course START = new Course(false, null, null, null, 0, null);

    /** What the job has recorded. */
    static Course of(Job job, ObjectMapper json) {
        JsonNode latest = job.result() == null ? job.checkpoint() : job.result();
        try {
            return latest == null ? START : json.treeToValue(latest, Course.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("job " + job.id() + " holds no training's course", e);
        }
    }

    TrainingState state() {
        return report == null ? TrainingState.QUEUED : report.state();
    }

    Course begun() {
        return new Course(true, job, report, registered, 0, null);
    }

    Course submitted(String providersJob) {
        return new Course(true, providersJob, report, registered, 0, null);
    }

    Course told(Report latest) {
        int unchanged = latest.equals(report) ? quiet + 1 : 0;
        return new Course(submitting, job, latest, registered, unchanged, null);
    }

    Course waiting(String reason) {
        return new Course(submitting, job, report, registered, quiet + 1, reason);
    }

    Course registered(Registered result) {
        return new Course(submitting, job, report, result, quiet, null);
    }
}
