package dev.acey.bench.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What becomes of rollouts under the guard, cell by cell, beside a fixed threshold: whole rollouts
 * through the stages 1, 5, 10, 25 and 50 %, in ticks of 60 calls, looked at after every tick by the
 * code that decides live. Prints a Markdown table.
 *
 * <p>Arguments: {@code --runs N} rollouts a cell, 2000 unless given; {@code --seed N}; {@code
 * --cells a,b} only the cells whose names contain one of these; {@code --results FILE} keeps
 * results there and puts those of earlier calls into the table as well; {@code --plot FILE} writes
 * a plot.
 */
public final class GuardTable {

    private GuardTable() {}

    public static void main(String[] args) throws IOException {
        Map<String, String> options = options(args);
        int runs = Integer.parseInt(options.getOrDefault("--runs", "2000"));
        long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
        List<String> parts = Arrays.asList(options.getOrDefault("--cells", "").split(","));
        Map<String, Result> results = new LinkedHashMap<>();
        Path file = options.containsKey("--results") ? Path.of(options.get("--results")) : null;
        if (file != null && Files.exists(file)) {
            Files.readAllLines(file).stream()
                    .map(Result::parse)
                    .forEach(result -> results.put(result.name(), result));
        }
        for (Cell cell : Cells.all()) {
            if (parts.stream().anyMatch(cell.name()::contains)) {
                long start = System.nanoTime();
                results.put(cell.name(), cell.simulate(runs, seed));
                keep(file, results);
                System.err.printf("%s: %.1f s%n", cell.name(), (System.nanoTime() - start) / 1e9);
            }
        }
        List<Result> ordered = ordered(results);
        print(ordered);
        if (parts.stream().anyMatch("sample ratio"::contains)) {
            System.out.printf("%nSample ratio, false alarms: %s%n", Splits.figures(runs, seed));
        }
        if (options.containsKey("--plot")) {
            Files.writeString(Path.of(options.get("--plot")), new Plot(results).svg());
        }
    }

    private static List<Result> ordered(Map<String, Result> results) {
        return Cells.all().stream()
                .map(cell -> results.get(cell.name()))
                .filter(result -> result != null)
                .toList();
    }

    /** After each cell, so that a run that is cut off has not been for nothing. */
    private static void keep(Path file, Map<String, Result> results) throws IOException {
        if (file != null) {
            Files.write(file, ordered(results).stream().map(Result::line).toList());
        }
    }

    private static Map<String, String> options(String[] args) {
        List<String> known = List.of("--runs", "--seed", "--cells", "--results", "--plot");
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!known.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException(
                        "%s is not one of %s with a value".formatted(args[i], known));
            }
            options.put(args[i], args[i + 1]);
        }
        return options;
    }

    private static void print(List<Result> results) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| candidate | promoted | rolled back | paused: split, limit | unfinished |"
                        + " calls of both arms to promotion | candidate's calls to roll-back,"
                        + " median (90 %) | fixed threshold rolls back | after |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (Result result : results) {
            lines.add(
                    "| %s | %s | %s | %s, %s | %s | %s | %s | %s | %s |"
                            .formatted(
                                    result.name(),
                                    percent(result.share(result.promoted())),
                                    percent(result.share(result.rolledBack())),
                                    percent(result.share(result.pausedBySplit())),
                                    percent(result.share(result.pausedByLimit())),
                                    percent(result.share(result.unfinished())),
                                    orDash(result.callsToPromotion()),
                                    result.callsToRollBack() == 0
                                            ? "–"
                                            : result.callsToRollBack()
                                                    + " ("
                                                    + result.mostToRollBack()
                                                    + ")",
                                    result.fixedRolledBack() < 0
                                            ? "–"
                                            : percent(result.fixedRolledBack()),
                                    orDash(result.fixedCalls())));
        }
        lines.forEach(System.out::println);
    }

    private static String orDash(long calls) {
        return calls == 0 ? "–" : String.valueOf(calls);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
