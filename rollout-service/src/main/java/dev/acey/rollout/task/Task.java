package dev.acey.rollout.task;

import dev.acey.kit.task.Risk;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** The settings of one task. */
@Entity
@Table(name = "task")
class Task extends PanacheEntityBase {

    private static final int PREVIOUS_KEPT = 10;

    @Id
    @Column(name = "task_type")
    String taskType;

    String baseline;

    String candidate;

    /** Null: the catalogue's. */
    @Enumerated(EnumType.STRING)
    Risk risk;

    @Enumerated(EnumType.STRING)
    Streaming streaming = Streaming.BUFFERED;

    @Convert(converter = Overrides.class)
    Map<String, String> overrides = Map.of();

    /** Newest first. */
    @Column(name = "previous_baselines")
    String[] previousBaselines = {};

    /** Under way, or null. */
    @Column(name = "rollout_id")
    UUID rolloutId;

    @Version long version = 1;

    @Column(name = "updated_at")
    Instant updatedAt;

    /** The row, which no other transaction changes until this one ends; or null. */
    static Uni<Task> lock(String taskType) {
        return findById(taskType, LockModeType.PESSIMISTIC_WRITE);
    }

    boolean says(TaskCommand command) {
        return Objects.equals(baseline, command.baseline())
                && Objects.equals(candidate, command.candidate())
                && risk == command.risk()
                && streaming == command.streaming()
                && overrides.equals(command.overrides());
    }

    void say(TaskCommand command, Instant now) {
        follow(command.baseline());
        candidate = command.candidate();
        risk = command.risk();
        streaming = command.streaming();
        overrides = new LinkedHashMap<>(command.overrides());
        updatedAt = now;
    }

    /** This model serves from now on; the one before is kept in mind. */
    void promote(String model, Instant now) {
        follow(model);
        candidate = model.equals(candidate) ? null : candidate;
        updatedAt = now;
    }

    /** The newest of the previous baselines serves again; there is one. */
    void goBack(Instant now) {
        baseline = previousBaselines[0];
        previousBaselines = Arrays.copyOfRange(previousBaselines, 1, previousBaselines.length);
        candidate = baseline.equals(candidate) ? null : candidate;
        updatedAt = now;
    }

    private void follow(String model) {
        if (baseline != null && !baseline.equals(model)) {
            previousBaselines =
                    Stream.concat(Stream.of(baseline), Arrays.stream(previousBaselines))
                            .limit(PREVIOUS_KEPT)
                            .toArray(String[]::new);
        }
        baseline = model;
    }
}
