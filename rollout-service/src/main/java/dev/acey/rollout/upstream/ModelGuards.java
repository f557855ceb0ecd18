package dev.acey.rollout.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** A circuit breaker and a bulkhead for each model. */
@Singleton
class ModelGuards {

    private static final Logger LOG = Logger.getLogger(ModelGuards.class);

    private final UpstreamSettings settings;
    private final MeterRegistry metrics;
    private final Map<String, TypedGuard<Uni<ObjectNode>>> guards = new ConcurrentHashMap<>();

    ModelGuards(UpstreamSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    /** The guard of this model, one as long as the service runs. */
    TypedGuard<Uni<ObjectNode>> of(String model) {
        return guards.computeIfAbsent(model, this::create);
    }

    private TypedGuard<Uni<ObjectNode>> create(String model) {
        AtomicInteger open =
                metrics.gauge(
                        "acey.upstream.breaker.open", Tags.of("model", model), new AtomicInteger());
        return TypedGuard.create(new TypeLiteral<Uni<ObjectNode>>() {})
                .withDescription("model " + model)
                .withBulkhead()
                .limit(settings.concurrency())
                .queueSize(settings.concurrency())
                .done()
                .withCircuitBreaker()
                .failOn(UpstreamFailure.OfModel.class)
                .requestVolumeThreshold(settings.breakerCalls())
                .failureRatio(settings.breakerRatio())
                .delay(settings.breakerDelay().toMillis(), ChronoUnit.MILLIS)
                .onStateChange(state -> changed(model, state, open))
                .done()
                .build();
    }

    private static void changed(String model, CircuitBreakerState state, AtomicInteger open) {
        open.set(state == CircuitBreakerState.CLOSED ? 0 : 1);
        LOG.infof("The circuit breaker of the model %s is %s", model, state);
    }
}
