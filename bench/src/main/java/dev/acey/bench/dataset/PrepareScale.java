package dev.acey.bench.dataset;

import dev.acey.dataset.version.VersionFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Preparing a large dataset from a file of entries, without the network: filter and exact
 * duplicates alone, beside DuckDB doing the same; with near duplicates; and with everything. Each
 * runs in a process of its own, ours with a heap of 256 MB and the collector that services have.
 */
public final class PrepareScale {

    private static final String THREADS = "2";

    private PrepareScale() {}

    /** Arguments: how many entries, 2 million unless given. */
    public static void main(String[] args) throws Exception {
        int entries = args.length == 0 ? 2_000_000 : Integer.parseInt(args[0]);
        Path directory = Files.createTempDirectory("scale");
        try {
            Path file = directory.resolve("entries.jsonl");
            Calls.write(file, entries);
            System.out.printf("%d entries, %d MB%n", entries, Files.size(file) >> 20);
            String out = directory.resolve("out").toString();
            for (int round = 0; round < 2; round++) {
                run("DuckDB, exact", DuckDbRun.class, "64m", file.toString(), out, THREADS);
                run(
                        "ours, exact",
                        PrepareRun.class,
                        "256m",
                        "exact",
                        file.toString(),
                        out,
                        THREADS);
            }
            run("ours, one thread", PrepareRun.class, "256m", "exact", file.toString(), out, "1");
            run("ours, near too", PrepareRun.class, "256m", "near", file.toString(), out, THREADS);
            run("ours, everything", PrepareRun.class, "256m", "all", file.toString(), out, THREADS);
        } finally {
            VersionFiles.delete(directory);
        }
    }

    private static void run(String title, Class<?> program, String heap, String... arguments)
            throws Exception {
        System.out.printf("%-18s", title);
        System.out.flush();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heap,
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(title + " failed");
        }
    }
}
