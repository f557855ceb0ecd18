package dev.acey.rollout.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ModelGuardsTest {

    private static final ObjectNode COMPLETION = JsonNodeFactory.instance.objectNode();

    private final ModelGuards guards = new ModelGuards(Settings.of(2), new SimpleMeterRegistry());
    private final Deque<UniEmitter<? super ObjectNode>> underWay = new ArrayDeque<>();
    private final List<ObjectNode> answered = new ArrayList<>();
    private final List<Throwable> refused = new ArrayList<>();

    private record Settings(
            Duration connectTimeout,
            Duration firstByteTimeout,
            Duration retryBudget,
            int concurrency,
            int breakerCalls,
            double breakerRatio,
            Duration breakerDelay,
            MemorySize largestAnswer)
            implements UpstreamSettings {

        static Settings of(int concurrency) {
            Duration second = Duration.ofSeconds(1);
            MemorySize largest = new MemorySize(BigInteger.valueOf(1 << 20));
            return new Settings(second, second, second, concurrency, 20, 0.5, second, largest);
        }
    }

    @Test
    void aBurstWaitsForItsTurnAndIsAnsweredUpToTwiceTheLimit() {
        ask(5);
        assertEquals(2, underWay.size());
        assertEquals(
                List.of(BulkheadException.class), refused.stream().map(Object::getClass).toList());

        for (int done = 1; done <= 4; done++) {
            underWay.remove().complete(COMPLETION);
            assertEquals(done, answered.size());
            assertEquals(Math.min(2, 4 - done), underWay.size());
        }
        ask(1);
        assertEquals(1, underWay.size());
        assertEquals(1, refused.size());
    }

    private void ask(int calls) {
        for (int i = 0; i < calls; i++) {
            guards.of("bursty")
                    .get(() -> Uni.createFrom().<ObjectNode>emitter(underWay::add))
                    .subscribe()
                    .with(answered::add, refused::add);
        }
    }
}
