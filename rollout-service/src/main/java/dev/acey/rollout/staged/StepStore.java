package dev.acey.rollout.staged;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rollout.stored.JsonText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the table {@code rollout_step}. */
@Singleton
class StepStore {

    /** Of each rollout, the latest: whoever pauses and resumes for days fills no answer. */
    private static final int MOST = 500;

    private static final String OF =
            """
            SELECT s.rollout_id, s.number, s.at, s.action, s.actor, s.state, s.stage, s.detail
            FROM rollout_step s JOIN rollout r ON r.id = s.rollout_id
            WHERE s.rollout_id = ANY($1) AND s.number > r.steps - $2
            ORDER BY s.rollout_id, s.number
            """;

    private static final String ALL =
            """
            SELECT number, at, action, actor, state, stage, detail
            FROM rollout_step WHERE rollout_id = $1 ORDER BY number
            """;

    private final Pool pool;

    StepStore(Pool pool) {
        this.pool = pool;
    }

    /** The steps of these rollouts, oldest first, the latest 500 of each. */
    Uni<Map<UUID, List<TakenStep>>> of(Collection<UUID> rollouts) {
        return pool.preparedQuery(OF)
                .execute(Tuple.of(rollouts.toArray(UUID[]::new), MOST))
                .map(
                        rows -> {
                            Map<UUID, List<TakenStep>> all = new HashMap<>();
                            rows.forEach(
                                    row ->
                                            all.computeIfAbsent(
                                                            row.getUUID("rollout_id"),
                                                            id -> new ArrayList<>())
                                                    .add(step(row)));
                            return all;
                        });
    }

    /** All steps of one rollout, oldest first, with their numbers. */
    Uni<List<Dossier.DossierStep>> all(UUID rollout) {
        return pool.preparedQuery(ALL)
                .execute(Tuple.of(rollout))
                .map(
                        rows -> {
                            List<Dossier.DossierStep> all = new ArrayList<>(rows.size());
                            rows.forEach(row -> all.add(whole(row)));
                            return all;
                        });
    }

    private static Dossier.DossierStep whole(Row row) {
        return new Dossier.DossierStep(
                row.getInteger("number"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("action"),
                row.getString("actor"),
                RolloutState.valueOf(row.getString("state")),
                row.getInteger("stage"),
                JsonText.read(row.getString("detail"), JsonNode.class));
    }

    private static TakenStep step(Row row) {
        JsonNode detail = JsonText.read(row.getString("detail"), JsonNode.class);
        return new TakenStep(
                row.getInteger("number"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("action"),
                row.getString("actor"),
                RolloutState.valueOf(row.getString("state")),
                row.getInteger("stage"),
                detail.path("reason").textValue());
    }
}
