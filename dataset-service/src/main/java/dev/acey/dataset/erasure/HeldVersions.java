package dev.acey.dataset.erasure;

import dev.acey.dataset.erasure.ErasureCourse.FlaggedModel;
import dev.acey.dataset.erasure.ErasureCourse.WithdrawnVersion;
import dev.acey.dataset.lineage.Lineage;
import dev.acey.dataset.train.StaleModels;
import dev.acey.dataset.version.DatasetVersion;
import dev.acey.dataset.version.LeftOvers;
import dev.acey.dataset.version.Withdrawal;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/** The versions that hold a person's calls, and the preparations that may yet make one. */
@Singleton
class HeldVersions {

    private static final String UNDER_WAY =
            "SELECT id FROM job WHERE kind = 'prepare' AND ended_at IS NULL";

    private static final String ANY_OF =
            "SELECT EXISTS (SELECT FROM job WHERE id = ANY ($1) AND ended_at IS NULL)";

    private final Lineage lineage;
    private final LeftOvers leftOvers;
    private final Withdrawal withdrawal;
    private final StaleModels models;
    private final Pool pool;

    HeldVersions(
            Lineage lineage,
            LeftOvers leftOvers,
            Withdrawal withdrawal,
            StaleModels models,
            Pool pool) {
        this.lineage = lineage;
        this.leftOvers = leftOvers;
        this.withdrawal = withdrawal;
        this.models = models;
        this.pool = pool;
    }

    /** Preparations that have not ended. */
    Uni<List<UUID>> passesUnderWay() {
        return pool.query(UNDER_WAY)
                .execute()
                .map(
                        rows -> {
                            List<UUID> open = new ArrayList<>();
                            rows.forEach(row -> open.add(row.getUUID(0)));
                            return open;
                        });
    }

    /** Whether any of these jobs has not ended yet. */
    Uni<Boolean> underWay(List<UUID> jobs) {
        return pool.preparedQuery(ANY_OF)
                .execute(Tuple.of(jobs.toArray(UUID[]::new)))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /**
     * Flags what learned from each of the person's versions, and withdraws it; what preparations
     * left behind that did not get to a version goes too. A version is flagged first: what was
     * withdrawn is not found again after a crash.
     *
     * @param done called after each
     */
    Uni<Void> withdraw(
            String user, BiFunction<WithdrawnVersion, List<FlaggedModel>, Uni<Void>> done) {
        return leftOvers
                .removeWorkspaces()
                .chain(() -> lineage.ofPerson(user))
                .onItem()
                .transformToMulti(held -> Multi.createFrom().iterable(held))
                .onItem()
                .transformToUniAndConcatenate(version -> withdraw(version, done))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> withdraw(
            DatasetVersion version,
            BiFunction<WithdrawnVersion, List<FlaggedModel>, Uni<Void>> done) {
        return models.flag(version)
                .map(HeldVersions::flagged)
                .chain(
                        flagged ->
                                done.apply(
                                        new WithdrawnVersion(
                                                version.filename(), version.version(), true),
                                        flagged))
                .chain(() -> withdrawal.withdraw(version));
    }

    private static List<FlaggedModel> flagged(List<StaleModels.Flagged> trainings) {
        return trainings.stream()
                .map(one -> new FlaggedModel(one.model(), one.training()))
                .toList();
    }
}
