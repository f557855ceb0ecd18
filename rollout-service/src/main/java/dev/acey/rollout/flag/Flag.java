package dev.acey.rollout.flag;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** The flag of one task. Whoever changes it holds the task's row. */
@Entity
@Table(name = "flag")
class Flag extends PanacheEntityBase {

    @Id
    @Column(name = "task_type")
    String taskType;

    /** Null only while the task is killed. */
    String candidate;

    String salt;

    int weight;

    @Column(name = "shadow_share")
    int shadowShare;

    @Column(name = "rollout_id")
    UUID rolloutId;

    Integer stage;

    @Column(name = "killed_at")
    Instant killedAt;

    @Version long version = 1;

    @Column(name = "updated_at")
    Instant updatedAt;

    boolean says(FlagCommand command) {
        return killedAt == null
                && Objects.equals(candidate, command.candidate())
                && Objects.equals(salt, command.salt())
                && weight == command.weight()
                && shadowShare == command.shadowShare()
                && Objects.equals(rolloutId, command.rolloutId())
                && Objects.equals(stage, command.stage());
    }

    void say(FlagCommand command, Instant now) {
        candidate = command.candidate();
        salt = command.salt();
        weight = command.weight();
        shadowShare = command.shadowShare();
        rolloutId = command.rolloutId();
        stage = command.stage();
        killedAt = null;
        updatedAt = now;
    }

    /** Leaves the kill alone. */
    void forget(Instant now) {
        candidate = null;
        salt = null;
        weight = 0;
        shadowShare = 0;
        rolloutId = null;
        stage = null;
        updatedAt = now;
    }
}
