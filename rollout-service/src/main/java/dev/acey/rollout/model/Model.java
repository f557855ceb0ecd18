package dev.acey.rollout.model;

import dev.acey.kit.page.Position;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** A row of the registry. */
@Entity
@Table(name = "model")
class Model extends PanacheEntityBase {

    @Id String name;

    @Column(name = "base_url")
    String baseUrl;

    @Column(name = "upstream_model")
    String upstreamModel;

    @Column(name = "api_key_ref")
    String apiKeyRef;

    @Column(name = "timeout_ms")
    int timeoutMs;

    @Column(name = "prompt_per_million")
    Double promptPerMillion;

    @Column(name = "completion_per_million")
    Double completionPerMillion;

    @Version long version = 1;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    /** The row, which no other transaction changes until this one ends; or null. */
    static Uni<Model> lock(String name) {
        return findById(name, LockModeType.PESSIMISTIC_WRITE);
    }

    static Uni<List<Model>> named(Collection<String> names) {
        return list("name in ?1", names);
    }

    static Uni<List<Model>> page(Position after, int limit) {
        String order = " order by createdAt desc, name";
        return (after == null
                        ? Model.<Model>find("from Model" + order)
                        : Model.<Model>find(
                                "from Model where createdAt < ?1 or (createdAt = ?1 and name > ?2)"
                                        + order,
                                after.createdAt(),
                                after.key()))
                .page(0, limit)
                .list();
    }

    boolean says(ModelCommand command) {
        return baseUrl.equals(command.baseUrl())
                && upstreamModel.equals(command.upstreamModel())
                && Objects.equals(apiKeyRef, command.apiKeyRef())
                && timeoutMs == command.timeoutMs()
                && Objects.equals(pricing(), command.pricing());
    }

    void say(ModelCommand command, Instant now) {
        baseUrl = command.baseUrl();
        upstreamModel = command.upstreamModel();
        apiKeyRef = command.apiKeyRef();
        timeoutMs = command.timeoutMs();
        promptPerMillion = command.pricing() == null ? null : command.pricing().promptPerMillion();
        completionPerMillion =
                command.pricing() == null ? null : command.pricing().completionPerMillion();
        updatedAt = now;
    }

    Pricing pricing() {
        return promptPerMillion == null
                ? null
                : new Pricing(promptPerMillion, completionPerMillion);
    }
}
