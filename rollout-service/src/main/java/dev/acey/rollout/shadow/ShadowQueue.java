package dev.acey.rollout.shadow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Does shadow calls beside the live ones: a few at a time, and what finds no room is dropped. */
@Singleton
public class ShadowQueue {

    private static final Logger LOG = Logger.getLogger(ShadowQueue.class);

    private final ShadowSettings settings;
    private final Counter done;
    private final Counter dropped;
    private final Deque<Supplier<Uni<Void>>> waiting = new ArrayDeque<>();
    private int running;

    ShadowQueue(ShadowSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        this.done =
                Counter.builder("acey.shadow.done")
                        .description("Shadow calls that were made, whatever came of them")
                        .register(metrics);
        this.dropped =
                Counter.builder("acey.shadow.dropped")
                        .description("Shadow calls that found no room")
                        .register(metrics);
        Gauge.builder("acey.shadow.waiting", this, ShadowQueue::waiting)
                .description("Shadow calls that wait for their turn")
                .register(metrics);
    }

    /** Does the work some time, or never; nobody learns which but the metrics. */
    public void offer(Supplier<Uni<Void>> call) {
        synchronized (this) {
            if (running >= settings.concurrency()) {
                if (waiting.size() < settings.queue()) {
                    waiting.add(call);
                } else {
                    dropped.increment();
                }
                return;
            }
            running++;
        }
        start(call);
    }

    private void start(Supplier<Uni<Void>> call) {
        Uni.createFrom()
                .deferred(() -> call.get())
                .subscribe()
                .with(
                        made -> ended(),
                        failure -> {
                            LOG.warnf("A shadow call could not be recorded: %s", failure);
                            ended();
                        });
    }

    private void ended() {
        done.increment();
        Supplier<Uni<Void>> next;
        synchronized (this) {
            next = waiting.poll();
            running -= next == null ? 1 : 0;
        }
        if (next != null) {
            start(next);
        }
    }

    private synchronized int waiting() {
        return waiting.size();
    }
}
