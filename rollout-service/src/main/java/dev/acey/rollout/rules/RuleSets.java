package dev.acey.rollout.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.page.Position;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.actor.Actor;
import dev.acey.rollout.replica.Revisions;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleSetException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Adds rule sets and activates them. */
@Singleton
class RuleSets {

    /** What a rule set's name looks like. */
    static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}");

    private final RuleSetStore store;
    private final Revisions revisions;
    private final ObjectMapper json;
    private final Clock clock;

    RuleSets(RuleSetStore store, Revisions revisions, ObjectMapper json, Clock clock) {
        this.store = store;
        this.revisions = revisions;
        this.json = json;
        this.clock = clock;
    }

    record Added(StoredRuleSet stored, boolean isNew) {}

    /** Compiles and stores what was posted; 400 naming line and rule for what is none. */
    Uni<Added> add(byte[] source) {
        return compile(text(source))
                .flatMap(
                        rules ->
                                store.add(rules, source, event(rules))
                                        .flatMap(
                                                isNew ->
                                                        find(rules.hash())
                                                                .map(s -> new Added(s, isNew))));
    }

    /** The set; 404 when there is none of this name. */
    Uni<StoredRuleSet> find(String hash) {
        return known(hash).chain(() -> store.find(hash)).map(found -> orNotFound(found, hash));
    }

    Uni<List<StoredRuleSet>> page(Position after, int limit) {
        return store.page(after, limit);
    }

    Uni<String> canonical(String hash) {
        return known(hash).chain(() -> store.canonical(hash)).map(found -> orNotFound(found, hash));
    }

    Uni<String> source(String hash) {
        return known(hash).chain(() -> store.source(hash)).map(found -> orNotFound(found, hash));
    }

    /** Activates the set; the replica that answers judges by it already. */
    Uni<StoredRuleSet> activate(String hash, ActivateCommand command) {
        return canonical(hash)
                .flatMap(RuleSets::compileStored)
                .chain(() -> store.activate(hash, before -> event(hash, before, command)))
                .chain(revisions::look)
                .chain(() -> find(hash));
    }

    /** On a worker thread: a large set takes its time. */
    static Uni<RuleSet> compile(String source) {
        return Uni.createFrom()
                .item(() -> RuleSet.parse(source))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure(RuleSetException.class)
                .transform(e -> invalid((RuleSetException) e));
    }

    private static Uni<RuleSet> compileStored(String canonical) {
        return compile(canonical)
                .onFailure(ProblemException.class)
                .transform(
                        e ->
                                ProblemException.conflict(
                                        "This version of the rule engine does not take the set any"
                                                + " more: "
                                                + ((ProblemException) e).problem().detail()));
    }

    private static ProblemException invalid(RuleSetException e) {
        String pointer = e.ruleId() == null ? "" : FieldError.child("/rules", e.ruleId());
        String detail = e.line() > 0 ? "line " + e.line() + ": " + e.detail() : e.detail();
        return new ProblemException(
                Problem.of(
                        400,
                        "This is no rule set: " + e.getMessage(),
                        List.of(new FieldError(pointer, detail))));
    }

    private static String text(byte[] source) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source)).toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.invalid("", "must be text in UTF-8");
        }
    }

    private static Uni<Void> known(String hash) {
        if (!HASH.matcher(hash).matches()) {
            throw notFound(hash);
        }
        return Uni.createFrom().voidItem();
    }

    private static <T> T orNotFound(Optional<T> found, String hash) {
        return found.orElseThrow(() -> notFound(hash));
    }

    private static ProblemException notFound(String hash) {
        return ProblemException.notFound("There is no rule set " + hash + ".");
    }

    private AuditEvent event(RuleSet rules) {
        ObjectNode detail = json.createObjectNode().put("rules", rules.rules().size());
        return new AuditEvent(Actor.ANONYMOUS, "rules.add", "rules:" + rules.hash(), detail, now());
    }

    private AuditEvent event(String hash, Optional<Activation> before, ActivateCommand command) {
        ObjectNode detail = json.createObjectNode();
        detail.put("before", before.map(Activation::hash).orElse(null));
        detail.put("reason", command.reason());
        return new AuditEvent(
                Actor.of(command.actor()), "rules.activate", "rules:" + hash, detail, now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
