package dev.acey.rollout.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.audit.AuditEvent;
import dev.acey.kit.file.KeptFile;
import dev.acey.kit.problem.ProblemException;
import dev.acey.rollout.actor.Actor;
import dev.acey.rollout.replica.Follower;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleSetException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The rule set this replica judges by: follows the database, is kept on disk for a start without
 * it, and is never changed in the middle of a verdict. The shipped set is stored at the first look
 * at a database, and active from then on if no other ever was.
 */
@ApplicationScoped
public class ActiveRuleSet implements Follower {

    private static final Logger LOG = Logger.getLogger(ActiveRuleSet.class);

    private final RuleSetStore store;
    private final ObjectMapper json;
    private final Clock clock;
    private final KeptFile<Kept> kept;
    private final AtomicReference<Active> latest = new AtomicReference<>();
    private final Set<Consumer<Active>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean seeded;

    ActiveRuleSet(
            RuleSetStore store,
            ObjectMapper json,
            Clock clock,
            @ConfigProperty(name = "acey.data.dir") Path directory) {
        this.store = store;
        this.json = json;
        this.clock = clock;
        this.kept = new KeptFile<>(directory.resolve("active-rules.json"), Kept.class, json);
    }

    record Active(Activation activation, RuleSet rules) {}

    /** The active set as the file keeps it. */
    @RegisterForReflection
    record Kept(Activation activation, String canonical) {}

    void start(@Observes StartupEvent start) {
        kept.read().ifPresent(this::startWith);
    }

    private void startWith(Kept last) {
        try {
            Active active = new Active(last.activation(), RuleSet.parse(last.canonical()));
            latest.compareAndSet(null, active);
        } catch (RuleSetException e) {
            LOG.warnf("The rule set kept on disk is left aside: %s", e.getMessage());
        }
    }

    /** The rules to judge by; 503 on a replica that never knew any. */
    public RuleSet rules() {
        return active().rules();
    }

    Active active() {
        return ifKnown().orElseThrow(ActiveRuleSet::unknownYet);
    }

    Optional<Active> ifKnown() {
        return Optional.ofNullable(latest.get());
    }

    /** The active set as soon as its version is another than this one, or after the wait. */
    Uni<Active> otherThan(long known, Duration wait) {
        return Uni.createFrom()
                .<Active>emitter(
                        emitter -> {
                            Consumer<Active> waiter =
                                    active -> {
                                        if (active.activation().version() != known) {
                                            emitter.complete(active);
                                        }
                                    };
                            waiting.add(waiter);
                            emitter.onTermination(() -> waiting.remove(waiter));
                            ifKnown().ifPresent(waiter);
                        })
                .ifNoItem()
                .after(wait)
                .recoverWithUni(() -> Uni.createFrom().item(this::active));
    }

    @Override
    public String topic() {
        return "rules";
    }

    @Override
    public Uni<Void> follow(long version) {
        Active before = latest.get();
        if (seeded && before != null && before.activation().version() == version) {
            return Uni.createFrom().voidItem();
        }
        return seed().chain(store::active)
                .map(Optional::orElseThrow)
                .flatMap(activation -> load(activation, before))
                .invoke(this::tell)
                .invoke(a -> kept.keep(new Kept(a.activation(), a.rules().canonical())))
                .replaceWithVoid();
    }

    private Uni<Active> load(Activation activation, Active before) {
        if (before != null && before.rules().hash().equals(activation.hash())) {
            return Uni.createFrom().item(new Active(activation, before.rules()));
        }
        return store.canonical(activation.hash())
                .flatMap(canonical -> RuleSets.compile(canonical.orElseThrow()))
                .map(rules -> new Active(activation, rules));
    }

    private void tell(Active active) {
        latest.set(active);
        waiting.forEach(waiter -> waiter.accept(active));
    }

    private static ProblemException unknownYet() {
        return ProblemException.unavailable(
                "This replica does not know the active rule set yet: the database is away.");
    }

    private Uni<Void> seed() {
        if (seeded) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .item(RuleSet::shipped)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(shipped -> store.seed(shipped, bytes(shipped), event(shipped)))
                .invoke(() -> seeded = true);
    }

    private static byte[] bytes(RuleSet rules) {
        return rules.canonical().getBytes(StandardCharsets.UTF_8);
    }

    private AuditEvent event(RuleSet shipped) {
        return new AuditEvent(
                Actor.SYSTEM,
                "rules.activate",
                "rules:" + shipped.hash(),
                json.createObjectNode().put("reason", "the rules shipped, at the first start"),
                clock.instant());
    }
}
