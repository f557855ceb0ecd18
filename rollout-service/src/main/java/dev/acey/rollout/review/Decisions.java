package dev.acey.rollout.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.problem.Dependencies;
import dev.acey.rollout.channel.Channels;
import dev.acey.rules.RuleState;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
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
                .flatMap(feed::after)
                .flatMap(
                        page ->
                                page.decisions().isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : each(page.decisions()).chain(this::page));
    }

    private Uni<Void> each(List<Decided> decisions) {
        return store.position()
                .flatMap(
                        start ->
                                Multi.createFrom()
                                        .range(0, decisions.size())
                                        .onItem()
                                        .transformToUniAndConcatenate(
                                                i ->
                                                        apply(
                                                                i == 0
                                                                        ? start
                                                                        : decisions
                                                                                .get(i - 1)
                                                                                .seq(),
                                                                decisions.get(i)))
                                        .collect()
                                        .last());
    }

    private Uni<Void> apply(long position, Decided decided) {
        List<JsonNode> late = LateDelivery.of(decided);
        String channel = decided.entry() == null ? null : decided.entry().channel();
        if (late.isEmpty()
                || channel == null
                || channel.isEmpty()
                || !decided.entry().environment().equals(LIVE)) {
            return store.move(position, decided.seq());
        }
        return channels.hold(
                channel,
                held ->
                        store.isDelivered(decided.id())
                                .flatMap(
                                        already -> {
                                            if (already) {
                                                return store.move(position, decided.seq());
                                            }
                                            RuleState after =
                                                    LateDelivery.deliver(
                                                            held.state(), late, held.at());
                                            return held.replace(
                                                    after,
                                                    connection ->
                                                            store.move(
                                                                            connection,
                                                                            position,
                                                                            decided.seq())
                                                                    .chain(
                                                                            () ->
                                                                                    store.delivered(
                                                                                            connection,
                                                                                            decided
                                                                                                    .id(),
                                                                                            held
                                                                                                    .at())));
                                        }));
    }
}
