package dev.acey.rollout.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShadowQueueTest {

    private record Settings(int concurrency, int queue) implements ShadowSettings {}

    @Test
    void aFewAtATimeTheRestWaitsAndWhatFindsNoRoomIsCounted() {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        ShadowQueue queue = new ShadowQueue(new Settings(2, 1), metrics);
        List<UniEmitter<? super Void>> underWay = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            queue.offer(() -> Uni.createFrom().emitter(underWay::add));
        }
        assertEquals(2, underWay.size());
        assertEquals(2, metrics.get("acey.shadow.dropped").counter().count());

        underWay.get(0).complete(null);
        assertEquals(3, underWay.size());
        underWay.get(1).fail(new IllegalStateException("the disk is full"));
        underWay.get(2).complete(null);
        assertEquals(3, metrics.get("acey.shadow.done").counter().count());
        queue.offer(() -> Uni.createFrom().emitter(underWay::add));
        assertEquals(4, underWay.size());
    }
}
