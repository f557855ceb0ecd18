package dev.acey.rollout.staged;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.task.Risk;
import dev.acey.rollout.gate.Passage;
import dev.acey.rollout.lineage.Lineage;
import dev.acey.rollout.plan.Plan;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One rollout. Whoever changes it holds its task's row. */
@Entity
@Table(name = "rollout")
class StoredRollout extends PanacheEntityBase {

    @Id UUID id;

    @Column(name = "task_type")
    String taskType;

    @Enumerated(EnumType.STRING)
    Risk risk;

    String baseline;

    String candidate;

    @Enumerated(EnumType.STRING)
    RolloutState state;

    @Enumerated(EnumType.STRING)
    @Column(name = "paused_from")
    RolloutState pausedFrom;

    int stage;

    @Convert(converter = Columns.OfPlan.class)
    @Column(name = "stages")
    Plan plan;

    @Convert(converter = Columns.OfWatching.class)
    @Column(name = "settings")
    Watching watching;

    @Convert(converter = Columns.OfPassage.class)
    Passage gate;

    @Convert(converter = Columns.OfDatasets.class)
    Map<String, Lineage> datasets;

    @Convert(converter = Columns.OfTree.class)
    JsonNode guard;

    @Column(name = "rule_set")
    String ruleSet;

    @Column(name = "stage_since")
    Instant stageSince;

    int steps;

    @Version long version = 1;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "ended_at")
    Instant endedAt;

    /** The row, which no other transaction changes until this one ends; or null. */
    static Uni<StoredRollout> lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Newest first, those before this one (null: from the newest). */
    static Uni<List<StoredRollout>> page(UUID before, int limit) {
        return (before == null
                        ? StoredRollout.<StoredRollout>find("from StoredRollout order by id desc")
                        : StoredRollout.<StoredRollout>find(
                                "from StoredRollout where id < ?1 order by id desc", before))
                .page(0, limit)
                .list();
    }

    /** Those under way of these tasks. */
    static Uni<List<StoredRollout>> underWay(Collection<String> taskTypes) {
        return list("taskType in ?1 and endedAt is null order by taskType", taskTypes);
    }

    Rollout rollout() {
        return state.at(plan, stage, pausedFrom);
    }

    void become(Rollout next, Instant now) {
        boolean sameTraffic = next.traffic().equals(rollout().traffic());
        if (!sameTraffic || state == RolloutState.PAUSED) {
            stageSince = now;
        }
        state = RolloutState.of(next);
        pausedFrom = next instanceof Rollout.Paused paused ? RolloutState.of(paused.was()) : null;
        stage = next.stage();
        endedAt = next instanceof Rollout.Active ? null : now;
        updatedAt = now;
        steps++;
    }
}
