package dev.acey.rollout.judge;

import dev.acey.kit.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A lane a channel: its calls wait here, not at the database, and go on together once the calls
 * before them are done. Bounded: what finds no room is refused and counted.
 */
@Singleton
class Lanes {

    static final int MOST_WAITING = 1_000;

    /** Each busy lane holds a database connection: leaves half of them to everybody else. */
    private static final int MOST_BUSY = 8;

    private static final int MOST_TOGETHER = 64;
    private static final long MOST_BYTES_TOGETHER = 2 << 20;

    private final Processing processing;
    private final Counter refused;
    private final Map<String, Deque<Call>> lanes = new HashMap<>();
    private final Deque<String> ready = new ArrayDeque<>();
    private int waiting;
    private int busy;

    Lanes(Processing processing, MeterRegistry metrics) {
        this.processing = processing;
        this.refused =
                Counter.builder("acey.judge.refused")
                        .description("Calls refused because too many wait")
                        .register(metrics);
        Gauge.builder("acey.judge.waiting", this, Lanes::waiting)
                .description("Calls that wait for those before them on their channel")
                .register(metrics);
    }

    /** Puts the call at the end of its channel's lane. */
    void enter(String channel, Call call) {
        synchronized (this) {
            if (waiting >= MOST_WAITING) {
                refused.increment();
                throw ProblemException.unavailable("Too many calls wait on this replica.");
            }
            waiting++;
            Deque<Call> lane = lanes.get(channel);
            if (lane == null) {
                lane = new ArrayDeque<>();
                lanes.put(channel, lane);
                ready.add(channel);
            }
            lane.add(call);
        }
        goOn();
    }

    private synchronized int waiting() {
        return waiting;
    }

    private void goOn() {
        while (true) {
            String channel;
            List<Call> calls;
            synchronized (this) {
                if (busy >= MOST_BUSY || ready.isEmpty()) {
                    return;
                }
                channel = ready.remove();
                calls = takeTogether(lanes.get(channel));
                waiting -= calls.size();
                busy++;
            }
            processing
                    .together(channel, calls)
                    .subscribe()
                    .with(done -> leave(channel), failure -> leave(channel));
        }
    }

    private void leave(String channel) {
        synchronized (this) {
            busy--;
            if (lanes.get(channel).isEmpty()) {
                lanes.remove(channel);
            } else {
                ready.add(channel);
            }
        }
        goOn();
    }

    private static List<Call> takeTogether(Deque<Call> lane) {
        List<Call> calls = new ArrayList<>();
        long bytes = 0;
        while (!lane.isEmpty()
                && calls.size() < MOST_TOGETHER
                && (calls.isEmpty() || bytes + lane.peek().bytes() <= MOST_BYTES_TOGETHER)) {
            Call call = lane.remove();
            bytes += call.bytes();
            calls.add(call);
        }
        return calls;
    }
}
