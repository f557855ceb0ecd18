package dev.acey.rollout.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.problem.Dependencies;
import dev.acey.rollout.channel.Channels;
import dev.acey.rollout.channel.HeldChannel;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Follows the feed of decisions. Every replica does; the position in the feed, moved in the
 * transaction of each change, lets one of them succeed with each decision.
 */
@Singleton
class Decisions {

    private static final Logger LOG = Logger.getLogger(Decisions.class);
    private static final String LIVE = "live";

    private final DecisionFeed feed;
    private final LateDeliveryStore store;
    private final Channels channels;

    Decisions(DecisionFeed feed, LateDeliveryStore store, Channels channels) {
        this.feed = feed;
        this.store = store;
        this.channels = channels;
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> follow() {
        return page().onFailure(LateDeliveryStore.OvertakenException.class)
                .recoverWithNull()
                .onFailure(Dependencies::isDown)
                .invoke(e -> LOG.debugf("Decisions wait: %s", e))
                .onFailure(Dependencies::isDown)
                .recoverWithNull();
    }

    /** One page after the other, until there is none. */
    private Uni<Void> page() {
        return store.position()
                .flatMap(
                        position ->
                                feed.after(position)
                                        .flatMap(
                                                page ->
                                                        page.decisions().isEmpty()
                                                                ? Uni.createFrom().voidItem()
                                                                : each(position, page.decisions())
                                                                        .chain(this::page)));
    }

    private Uni<Void> each(long position, List<Decided> decisions) {
        AtomicLong from = new AtomicLong(position);
        return Multi.createFrom()
                .iterable(decisions)
                .onItem()
                .transformToUniAndConcatenate(d -> apply(from.getAndSet(d.seq()), d))
                .collect()
                .last();
    }

    private Uni<Void> apply(long position, Decided decided) {
        List<JsonNode> late = LateDelivery.of(decided);
        if (late.isEmpty() || !changesAChannel(decided.entry())) {
            return store.move(position, decided.seq());
        }
        return channels.hold(
                decided.entry().channel(),
                held ->
                        held.inTransaction(
                                transaction ->
                                        store.move(transaction, position, decided.seq())
                                                .chain(
                                                        () ->
                                                                store.remember(
                                                                        transaction,
                                                                        decided.id(),
                                                                        held.at()))
                                                .flatMap(
                                                        first ->
                                                                first
                                                                        ? deliver(
                                                                                held,
                                                                                transaction,
                                                                                late)
                                                                        : Uni.createFrom()
                                                                                .voidItem())));
    }

    private static Uni<Void> deliver(
            HeldChannel held, SqlConnection transaction, List<JsonNode> late) {
        return held.replace(transaction, LateDelivery.deliver(held.state(), late, held.at()));
    }

    private static boolean changesAChannel(LogEntry entry) {
        return entry.channel() != null
                && !entry.channel().isEmpty()
                && entry.environment().equals(LIVE);
    }
}
