package dev.acey.bench.guard;

import dev.acey.bench.guard.RolloutRun.End;
import dev.acey.bench.guard.RolloutRun.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What became of a cell's rollouts. Numbers of calls are 0 where there is nothing to say.
 *
 * @param callsToPromotion of both arms, median
 * @param callsToRollBack of the candidate, median
 * @param mostToRollBack of the candidate, 90th percentile
 * @param fixedRolledBack the share the fixed threshold rolls back; -1 where it has no say
 * @param fixedCalls of the candidate until it does, median
 */
record Result(
        String name,
        int runs,
        int promoted,
        int rolledBack,
        int pausedBySplit,
        int pausedByLimit,
        int unfinished,
        long callsToPromotion,
        long callsToRollBack,
        long mostToRollBack,
        double fixedRolledBack,
        long fixedCalls) {

    static Result of(String name, List<Outcome> outcomes, boolean late, List<Integer> fixed) {
        List<Integer> caught = fixed.stream().filter(calls -> calls > 0).toList();
        return new Result(
                name,
                outcomes.size(),
                count(outcomes, End.PROMOTED),
                count(outcomes, End.ROLLED_BACK),
                count(outcomes, End.PAUSED_BY_SPLIT),
                count(outcomes, End.PAUSED_BY_LIMIT),
                count(outcomes, End.UNFINISHED),
                quantile(outcomes, End.PROMOTED, Outcome::calls, 0.5),
                rollBack(outcomes, late, 0.5),
                rollBack(outcomes, late, 0.9),
                fixed.isEmpty() ? -1 : (double) caught.size() / fixed.size(),
                quantile(caught.stream().mapToLong(Integer::longValue).sorted().toArray(), 0.5));
    }

    /** As a line of the file that collects results. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%.4f\t%d",
                name,
                runs,
                promoted,
                rolledBack,
                pausedBySplit,
                pausedByLimit,
                unfinished,
                callsToPromotion,
                callsToRollBack,
                mostToRollBack,
                fixedRolledBack,
                fixedCalls);
    }

    static Result parse(String line) {
        String[] fields = line.split("\t", -1);
        return new Result(
                fields[0],
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                Integer.parseInt(fields[3]),
                Integer.parseInt(fields[4]),
                Integer.parseInt(fields[5]),
                Integer.parseInt(fields[6]),
                Long.parseLong(fields[7]),
                Long.parseLong(fields[8]),
                Long.parseLong(fields[9]),
                Double.parseDouble(fields[10]),
                Long.parseLong(fields[11]));
    }

    double share(int part) {
        return (double) part / runs;
    }

    static long quantile(long[] sorted, double q) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
    }

    private static long rollBack(List<Outcome> outcomes, boolean late, double q) {
        ToLongFunction<Outcome> calls = late ? Outcome::lateCalls : Outcome::candidateCalls;
        return quantile(outcomes, End.ROLLED_BACK, calls, q);
    }

    private static long quantile(
            List<Outcome> outcomes, End end, ToLongFunction<Outcome> calls, double q) {
        return quantile(
                outcomes.stream()
                        .filter(outcome -> outcome.end() == end)
                        .mapToLong(calls)
                        .sorted()
                        .toArray(),
                q);
    }

    private static int count(List<Outcome> outcomes, End end) {
        return (int) outcomes.stream().filter(outcome -> outcome.end() == end).count();
    }
}
