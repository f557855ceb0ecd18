package dev.acey.bench.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has used of memory. */
final class Memory {

    private Memory() {}

    /** The largest heap allowed, and the most that was ever in memory, as Linux counts it. */
    static String ofThisProcess() throws IOException {
        String status = Files.readString(Path.of("/proc/self/status"));
        return "heap at most %d MB, in memory at most %d MB (%d MB of it files)"
                .formatted(
                        Runtime.getRuntime().maxMemory() >> 20,
                        kilobytes(status, "VmHWM:") >> 10,
                        kilobytes(status, "RssFile:") >> 10);
    }

    private static long kilobytes(String status, String name) {
        String line = status.lines().filter(l -> l.startsWith(name)).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
