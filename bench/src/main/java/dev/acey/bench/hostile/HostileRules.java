package dev.acey.bench.hostile;

import dev.acey.rules.Verdict;
import java.lang.management.ManagementFactory;
import java.time.Instant;

/**
 * Processor time of one verdict on hostile rules and outputs: of the first in this process and of
 * the slowest after it; what it took to compile the rules; and what one verdict allocates. The
 * first case pays for loading the engine.
 */
public final class HostileRules {

    static final Instant AT = Instant.parse("2026-01-15T04:05:06.123Z");
    private static final int ROUNDS = 5;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private HostileRules() {}

    /** Runs the cases whose name contains the argument, or all. */
    public static void main(String[] args) {
        System.out.printf(
                "%-42s %10s %9s %10s %6s  %s%n",
                "case", "compile ms", "first ms", "slowest ms", "MB", "verdict");
        for (HostileCase hostile : HostileCase.all()) {
            if (args.length == 0 || hostile.name().contains(args[0])) {
                measure(hostile);
            }
        }
    }

    private static void measure(HostileCase hostile) {
        long start = THREADS.getCurrentThreadCpuTime();
        var rules = hostile.rules().get();
        double compile = millisSince(start);
        var output = hostile.output().get();
        double first = 0;
        double slowest = 0;
        long allocated = 0;
        Verdict verdict = null;
        for (int i = 0; i < ROUNDS; i++) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            start = THREADS.getCurrentThreadCpuTime();
            verdict = rules.judge(output, hostile.state(), AT);
            verdict.hash();
            double millis = millisSince(start);
            allocated = Math.max(allocated, THREADS.getCurrentThreadAllocatedBytes() - bytes);
            if (i == 0) {
                first = millis;
            } else {
                slowest = Math.max(slowest, millis);
            }
        }
        System.out.printf(
                "%-42s %10.0f %9.0f %10.0f %6d  %s%n",
                hostile.name(), compile, first, slowest, allocated >> 20, shown(verdict));
    }

    private static String shown(Verdict verdict) {
        return verdict.decision().json()
                + verdict.findings().stream()
                        .map(finding -> ", " + finding.ruleId())
                        .reduce("", (earlier, last) -> last);
    }

    private static double millisSince(long start) {
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
    }
}
