package dev.acey.bench.live;

import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Asks at a steady pace, whatever becomes of what was asked before. Times count from when a request
 * was due, so that waiting for a connection counts.
 */
final class Pace {

    private static final int KEYS = 5_000;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(5);

    private final Vertx vertx;
    private final Calls calls;
    private final double perSecond;
    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final LongAdder asked = new LongAdder();
    private final AtomicLong underWay = new AtomicLong();

    Pace(Vertx vertx, Calls calls, double perSecond) {
        this.vertx = vertx;
        this.calls = calls;
        this.perSecond = perSecond;
    }

    /** Microseconds of the requests that were due in this phase. */
    Histogram phase(double seconds) {
        Histogram times = new ConcurrentHistogram(LONGEST_MICROS, 3);
        long start = System.nanoTime();
        long interval = Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond);
        long due = start;
        while (due - start < seconds * TimeUnit.SECONDS.toNanos(1)) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                java.util.concurrent.locks.LockSupport.parkNanos(wait);
                continue;
            }
            long from = due;
            underWay.incrementAndGet();
            vertx.runOnContext(x -> ask(from, times));
            due += interval;
        }
        return times;
    }

    private void ask(long due, Histogram times) {
        asked.increment();
        calls.ask("key-" + asked.sum() % KEYS)
                .onComplete(
                        done -> {
                            underWay.decrementAndGet();
                            long micros = (System.nanoTime() - due) / 1_000;
                            times.recordValue(Math.min(micros, LONGEST_MICROS));
                            if (done.failed()) {
                                failed(done.cause().toString());
                            } else if (done.result().status() != 200) {
                                failed("status " + done.result().status());
                            } else if (done.result().logId() != null) {
                                answered.add(done.result().logId());
                            }
                        });
    }

    private void failed(String how) {
        failures.computeIfAbsent(how, k -> new LongAdder()).increment();
    }

    /** Waits until everything that was asked is answered or has failed. */
    void settle() {
        while (underWay.get() > 0) {
            Wait.seconds(0.1);
        }
    }

    long asked() {
        return asked.sum();
    }

    /** The log ids of the good answers; what goes past the router has none. */
    Queue<String> answered() {
        return answered;
    }

    /** How many failed, by what they failed with. */
    Map<String, LongAdder> failures() {
        return failures;
    }
}
