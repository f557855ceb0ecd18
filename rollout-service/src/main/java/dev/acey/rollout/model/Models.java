package dev.acey.rollout.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.audit.AuditTrail;
import dev.acey.kit.page.Position;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.replica.Revisions;
import dev.acey.rollout.replica.Writes;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The registry. Models are put and replaced, never taken away: what once served stays named. */
@ApplicationScoped
public class Models {

    /** Every replica holds all models in memory. */
    static final int MOST = 5_000;

    /** What a model's name looks like. */
    public static final Pattern NAME = Pattern.compile("^[a-z][a-z0-9._-]{0,63}$");

    private final Revisions revisions;
    private final AuditTrail audit;
    private final ObjectMapper json;
    private final Clock clock;

    Models(Revisions revisions, AuditTrail audit, ObjectMapper json, Clock clock) {
        this.revisions = revisions;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    record Put(Model model, boolean created) {}

    /** Which of these names are registered; within the caller's session. */
    public Uni<Set<String>> known(Collection<String> names) {
        return Model.named(names)
                .map(
                        models -> {
                            Set<String> known = new HashSet<>();
                            models.forEach(m -> known.add(m.name));
                            return known;
                        });
    }

    /** Those of these models that are registered, by name; within the caller's session. */
    public Uni<Map<String, KnownModel>> registered(Collection<String> names) {
        return Model.named(names)
                .map(
                        models ->
                                models.stream()
                                        .map(KnownModel::of)
                                        .collect(Collectors.toMap(KnownModel::name, m -> m)));
    }

    /** The model, or null; a name that none can have names none. */
    Uni<Model> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Uni.createFrom().nullItem();
        }
        return Panache.withSession(() -> Model.findById(name));
    }

    /** All there are. */
    Uni<List<KnownModel>> all() {
        return Panache.withSession(
                () -> Model.<Model>listAll().map(all -> all.stream().map(KnownModel::of).toList()));
    }

    /** Newest first, after this position (null: from the newest). */
    Uni<List<Model>> page(Position after, int limit) {
        return Panache.withSession(() -> Model.page(after, limit));
    }

    /**
     * Creates or replaces; saying again what is there changes nothing. The replica that answers
     * calls the model by it already.
     */
    Uni<Put> put(String name, ModelCommand command, String actor) {
        return Writes.<Put>inTransaction(
                        session ->
                                Model.lock(name)
                                        .call(found -> found == null ? checkRoom() : done())
                                        .flatMap(
                                                found -> {
                                                    if (found != null && found.says(command)) {
                                                        return Uni.createFrom()
                                                                .item(new Put(found, false));
                                                    }
                                                    Put put = change(found, name, command);
                                                    return put.model
                                                            .persistAndFlush()
                                                            .call(
                                                                    () ->
                                                                            audit.append(
                                                                                    session,
                                                                                    event(
                                                                                            put,
                                                                                            actor)))
                                                            .replaceWith(put);
                                                }))
                .call(revisions::look);
    }

    private static Uni<Void> checkRoom() {
        return Model.count()
                .invoke(
                        count -> {
                            if (count >= MOST) {
                                throw ProblemException.refused(
                                        "/name", "At most " + MOST + " models can be registered.");
                            }
                        })
                .replaceWithVoid();
    }

    private static Uni<Void> done() {
        return Uni.createFrom().voidItem();
    }

    private Put change(Model found, String name, ModelCommand command) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Model model = found == null ? new Model() : found;
        if (found == null) {
            model.name = name;
            model.createdAt = now;
        }
        model.say(command, now);
        return new Put(model, found == null);
    }

    private AuditEvent event(Put put, String actor) {
        ObjectNode detail = json.createObjectNode();
        detail.put("created", put.created);
        detail.put("baseUrl", put.model.baseUrl);
        detail.put("upstreamModel", put.model.upstreamModel);
        detail.put("apiKeyRef", put.model.apiKeyRef);
        detail.put("timeoutMs", put.model.timeoutMs);
        detail.set("pricing", json.valueToTree(put.model.pricing()));
        return new AuditEvent(
                actor, "model.put", "model:" + put.model.name, detail, put.model.updatedAt);
    }
}
