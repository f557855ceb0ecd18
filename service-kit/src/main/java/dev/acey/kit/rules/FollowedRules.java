package dev.acey.kit.rules;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The rule set to judge by, and the others by their hash. It follows rollout-service and keeps on
 * disk what it learns, so that a service starts and judges while rollout-service is down. Texts are
 * compiled on worker threads, and taken only if they are what their hash says.
 */
public final class FollowedRules<R> {

    private static final Logger LOG = Logger.getLogger(FollowedRules.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int COMPILED_SETS = 16;

    private final RuleService service;
    private final RuleFiles files;
    private final Function<String, R> compile;
    private final Function<R, String> hash;
    private final R shipped;
    private final Map<String, R> compiled = Collections.synchronizedMap(new Latest<>());
    private final AtomicBoolean away = new AtomicBoolean();
    private volatile Active<R> active;
    private Cancellable loop = () -> {};

    FollowedRules(
            RuleService service,
            RuleFiles files,
            R shipped,
            Function<String, R> compile,
            Function<R, String> hash) {
        this.service = service;
        this.files = files;
        this.shipped = shipped;
        this.compile = compile;
        this.hash = hash;
        this.active = new Active<>(null, shipped);
    }

    /**
     * @param activation null while nobody has told of one
     */
    private record Active<R>(Activation activation, R rules) {}

    /** The sets asked for last. */
    private static final class Latest<R> extends LinkedHashMap<String, R> {

        private static final long serialVersionUID = 1L;

        Latest() {
            super(COMPILED_SETS, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, R> eldest) {
            return size() > COMPILED_SETS;
        }
    }

    /** Begins with what was kept on disk, and follows from then on. Blocks, as a start may. */
    public void start() {
        files.active()
                .ifPresent(
                        last ->
                                kept(last.hash())
                                        .or(() -> inHand(last.hash()))
                                        .ifPresent(rules -> active = new Active<>(last, rules)));
        loop =
                Uni.createFrom()
                        .deferred(this::look)
                        .onFailure()
                        .invoke(this::isAway)
                        .onFailure()
                        .retry()
                        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                        .indefinitely()
                        .onItem()
                        .delayIt()
                        .by(FIRST_PAUSE)
                        .repeat()
                        .indefinitely()
                        .subscribe()
                        .with(
                                again -> {},
                                failure -> LOG.error("Rule sets are not followed", failure));
    }

    public void stop() {
        loop.cancel();
    }

    /** The set to judge by; whoever judges one thing asks once. */
    public R active() {
        return active.rules();
    }

    /**
     * The set of this name: from memory, from disk, or from rollout-service; empty where there is
     * none, or none that can be compiled here. Fails while it would have to come from
     * rollout-service and cannot. Answers on the context it is asked on, whose database session the
     * caller may go on with.
     */
    public Uni<Optional<R>> find(String name) {
        if (!Activation.HASH.matcher(name).matches()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Optional<R> here = inHand(name);
        return here.isPresent()
                ? Uni.createFrom().item(here)
                : Uni.createFrom().deferred(() -> backOn(Vertx.currentContext(), load(name)));
    }

    private static <T> Uni<T> backOn(Context caller, Uni<T> result) {
        return caller == null
                ? result
                : result.emitOn(task -> caller.runOnContext(ignored -> task.run()));
    }

    private Optional<R> inHand(String name) {
        R latest = active.rules();
        if (hash.apply(latest).equals(name)) {
            return Optional.of(latest);
        }
        return hash.apply(shipped).equals(name)
                ? Optional.of(shipped)
                : Optional.ofNullable(compiled.get(name));
    }

    /** Leaves a copy on disk, whatever else is known of the set. */
    private Uni<Optional<R>> load(String name) {
        return Uni.createFrom()
                .item(() -> kept(name))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(
                        kept ->
                                kept.isPresent()
                                        ? Uni.createFrom().item(kept)
                                        : service.canonical(name)
                                                .emitOn(Infrastructure.getDefaultWorkerPool())
                                                .map(text -> text.flatMap(t -> fetched(name, t))));
    }

    private Optional<R> kept(String name) {
        return files.set(name).flatMap(text -> compiled(name, text));
    }

    private Optional<R> fetched(String name, String text) {
        Optional<R> rules = compiled(name, text);
        rules.ifPresent(taken -> files.keep(name, text));
        return rules;
    }

    private Optional<R> compiled(String name, String text) {
        try {
            R rules = compile.apply(text);
            if (hash.apply(rules).equals(name)) {
                compiled.put(name, rules);
                return Optional.of(rules);
            }
            LOG.warnf("A text that says it is the rule set %s is another one", name);
        } catch (IllegalArgumentException e) {
            LOG.warnf("The rule set %s cannot be compiled here: %s", name, e.getMessage());
        }
        return Optional.empty();
    }

    private Uni<Void> look() {
        Activation known = active.activation();
        return service.active(known)
                .flatMap(
                        told ->
                                told.isNewsAfter(known)
                                        ? load(told.hash()).invoke(found -> take(told, found))
                                        : Uni.createFrom().voidItem())
                .invoke(this::isThere)
                .replaceWithVoid();
    }

    private void take(Activation told, Optional<R> found) {
        R rules =
                found.orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "the active rule set " + told.hash() + " cannot be had"));
        active = new Active<>(told, rules);
        files.activate(told);
        LOG.infof("Rule set %s is active", told.hash());
    }

    private void isAway(Throwable failure) {
        if (away.compareAndSet(false, true)) {
            LOG.warnf(
                    "The last known rule set %s holds until rollout-service tells: %s",
                    hash.apply(active()), failure);
        }
    }

    private void isThere() {
        if (away.compareAndSet(true, false)) {
            LOG.info("rollout-service tells the active rule set again");
        }
    }
}
