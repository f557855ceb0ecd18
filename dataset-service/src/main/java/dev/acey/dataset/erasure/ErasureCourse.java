package dev.acey.dataset.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.job.Job;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * How far an erasure has come: a job's checkpoint, and in the end its result. It never names
 * anybody.
 *
 * @param round 1 or 2
 * @param cursor where the stage goes on; null at its beginning
 * @param passes preparations that may have read the person's calls and are waited for; null until
 *     it was looked which these are
 * @param logs entries erased
 * @param channels channels and settings out of which the person was taken
 * @param cases of simulations, erased
 * @param away replicas of rollout-service that are away and see to it when they come back
 * @param datasets versions withdrawn
 * @param models flagged
 * @param waitingFor the stage that could not be done last time; null while all goes on
 */
@RegisterForReflection
record ErasureCourse(
        int round,
        Stage stage,
        String cursor,
        List<UUID> passes,
        long logs,
        long channels,
        long cases,
        int away,
        List<WithdrawnVersion> datasets,
        List<FlaggedModel> models,
        String waitingFor) {

    private static final int ROUNDS = 2;

    /** The stages of a round, in their order: nothing flows back from a later to an earlier one. */
    @RegisterForReflection
    enum Stage {
        ROLLOUT,
        LOG,
        SIMULATION,
        DATASETS,
        END
    }

    /** A version that held the person's calls. */
    @RegisterForReflection
    public record WithdrawnVersion(String filename, int version, boolean stale) {}

    /**
     * What learned from such a version.
     *
     * @param model its name in the registry; null where the training has made none
     */
    @RegisterForReflection
    public record FlaggedModel(String model, UUID training) {}

    static final ErasureCourse START =
            new ErasureCourse(1, Stage.ROLLOUT, null, null, 0, 0, 0, 0, List.of(), List.of(), null);

    static ErasureCourse of(Job job, ObjectMapper json) {
        JsonNode latest = job.result() == null ? job.checkpoint() : job.result();
        try {
            return latest == null ? START : json.treeToValue(latest, ErasureCourse.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("job " + job.id() + " holds no erasure", e);
        }
    }

    boolean isLastRound() {
        return round == ROUNDS;
    }

    /** The next stage of this round. */
    ErasureCourse next() {
        return at(round, Stage.values()[stage.ordinal() + 1], null);
    }

    ErasureCourse secondRound() {
        return at(ROUNDS, Stage.ROLLOUT, null);
    }

    ErasureCourse from(String place) {
        return at(round, stage, place);
    }

    ErasureCourse waiting(String reason) {
        return new ErasureCourse(
                round, stage, cursor, passes, logs, channels, cases, away, datasets, models,
                reason);
    }

    ErasureCourse waitingForPasses(List<UUID> open) {
        return new ErasureCourse(
                round, stage, cursor, open, logs, channels, cases, away, datasets, models, null);
    }

    ErasureCourse withLogs(long erased) {
        return new ErasureCourse(
                round,
                stage,
                cursor,
                passes,
                logs + erased,
                channels,
                cases,
                away,
                datasets,
                models,
                null);
    }

    ErasureCourse withCases(long erased) {
        return new ErasureCourse(
                round,
                stage,
                cursor,
                passes,
                logs,
                channels,
                cases + erased,
                away,
                datasets,
                models,
                null);
    }

    ErasureCourse withChannels(long changed, int replicasAway) {
        return new ErasureCourse(
                round,
                stage,
                cursor,
                passes,
                logs,
                channels + changed,
                cases,
                replicasAway,
                datasets,
                models,
                null);
    }

    /** Each version and model once, however often it is met. */
    ErasureCourse with(WithdrawnVersion version, List<FlaggedModel> flagged) {
        return new ErasureCourse(
                round,
                stage,
                cursor,
                passes,
                logs,
                channels,
                cases,
                away,
                added(datasets, List.of(version)),
                added(models, flagged),
                null);
    }

    private ErasureCourse at(int nextRound, Stage nextStage, String place) {
        return new ErasureCourse(
                nextRound, nextStage, place, null, logs, channels, cases, away, datasets, models,
                null);
    }

    private static <T> List<T> added(List<T> there, List<T> more) {
        List<T> all = new ArrayList<>(there);
        more.stream().filter(one -> !all.contains(one)).forEach(all::add);
        return List.copyOf(all);
    }
}
