package dev.acey.bench.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The processor time that the parts of a system have taken, as Linux counts it. */
final class ProcessorTime {

    /** What {@code /proc} counts in: USER_HZ, 100 on every Linux that Java runs on. */
    private static final double TICKS_A_SECOND = 100;

    /** Of what follows the name in parentheses: utime, stime, and those of ended children. */
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;

    private final Map<String, Supplier<Collection<ProcessHandle>>> parts = new LinkedHashMap<>();

    /**
     * @param processes asked each time, since workers come and go
     */
    void part(String name, Supplier<Collection<ProcessHandle>> processes) {
        parts.put(name, processes);
    }

    /** Seconds by part, since its processes began. */
    Map<String, Double> taken() {
        Map<String, Double> taken = new LinkedHashMap<>();
        parts.forEach(
                (name, processes) ->
                        taken.put(
                                name,
                                processes.get().stream()
                                        .mapToDouble(ProcessorTime::seconds)
                                        .sum()));
        return taken;
    }

    private static double seconds(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", process.pid() + "", "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks / TICKS_A_SECOND;
        } catch (NoSuchFileException e) {
            // Its time is its parent's now.
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
