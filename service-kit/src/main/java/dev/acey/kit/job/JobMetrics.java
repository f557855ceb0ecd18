package dev.acey.kit.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What one replica's worker does, by kind of job: {@code acey.jobs.*}. */
final class JobMetrics {

    private final MeterRegistry registry;

    JobMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows a kind from the start, so that nothing having happened is a zero. */
    void register(String kind, Supplier<Number> running) {
        Gauge.builder("acey.jobs.running", running)
                .tag("kind", kind)
                .description("Jobs this replica runs right now")
                .strongReference(true)
                .register(registry);
        claimed(kind);
        retried(kind);
        failed(kind);
    }

    Counter claimed(String kind) {
        return counter("claimed", kind, "Jobs this replica took");
    }

    Counter retried(String kind) {
        return counter("retried", kind, "Runs that met a fault and are tried again");
    }

    Counter failed(String kind) {
        return counter("failed", kind, "Jobs that failed for good");
    }

    private Counter counter(String what, String kind, String description) {
        return Counter.builder("acey.jobs." + what)
                .tag("kind", kind)
                .description(description)
                .register(registry);
    }
}
