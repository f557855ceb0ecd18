package dev.acey.rollout.staged;

import dev.acey.kit.event.EventFeed;
import dev.acey.kit.event.FeedPosition;
import dev.acey.kit.stream.ChangeStream;
import dev.acey.rollout.replica.CallersContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** Streams a rollout's changes, whichever replica makes them. */
@Singleton
class RolloutStream {

    /** What the guard says is no event: it is looked for. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private static final int PAGE = 100;

    private final Rollouts rollouts;
    private final EventFeed feed;

    RolloutStream(Rollouts rollouts, EventFeed feed) {
        this.rollouts = rollouts;
        this.feed = feed;
    }

    /** Begins the stream; 404 where there is no such rollout. */
    Uni<Void> open(SseEventSink sink, Sse sse, UUID id) {
        Executor context = CallersContext.executor();
        return feed.end()
                .emitOn(context)
                .call(() -> rollouts.find(id))
                .invoke(end -> ChangeStream.send(sink, sse, changes(id, end, context)))
                .replaceWithVoid();
    }

    private Multi<ChangeStream.Change> changes(UUID id, FeedPosition from, Executor context) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<FeedPosition>(),
                        position ->
                                next(position, from).emitOn(context).chain(() -> rollouts.find(id)))
                .whilst(rollout -> !rollout.ended())
                .skip()
                .repetitions(Comparator.comparingLong(RolloutView::version))
                .map(rollout -> new ChangeStream.Change(rollout.version(), rollout));
    }

    /** At once the first time, then when something happens in the service, or after a while. */
    private Uni<Void> next(AtomicReference<FeedPosition> position, FeedPosition from) {
        FeedPosition after = position.get();
        if (after == null) {
            position.set(from);
            return Uni.createFrom().voidItem();
        }
        return feed.after(after, PAGE, LOOK_EVERY)
                .invoke(page -> position.set(page.next()))
                .replaceWithVoid();
    }
}
