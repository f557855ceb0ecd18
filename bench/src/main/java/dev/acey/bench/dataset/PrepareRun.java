package dev.acey.bench.dataset;

import dev.acey.dataset.choose.ChoiceRules;
import dev.acey.dataset.choose.Shares;
import dev.acey.dataset.draft.Draft;
import dev.acey.dataset.draft.FinishedTask;
import dev.acey.dataset.draft.TaskPlan;
import dev.acey.dataset.example.Converter;
import dev.acey.dataset.example.EntryFilter;
import dev.acey.dataset.source.Page;
import dev.acey.kit.task.Format;
import dev.acey.rules.sensitive.Kind;
import dev.acey.rules.sensitive.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Our pipeline over a file of entries, in a process of its own. */
final class PrepareRun {

    private static final byte[] START = "{\"logs\":[".getBytes(StandardCharsets.US_ASCII);
    private static final int PAGE = 1 << 18;
    private static final int AHEAD = 4;

    private PrepareRun() {}

    /** Arguments: exact, near or all; the file; a directory for the dataset; threads. */
    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        Path directory = Files.createDirectories(Path.of(args[2]));
        ExecutorService workers = Executors.newFixedThreadPool(Integer.parseInt(args[3]));
        try (Draft draft = new Draft(List.of(plan(args[0])), PrepareRun::person)) {
            draft.open(() -> Files.createTempDirectory(directory, "draft"));
            long read = read(Path.of(args[1]), draft, workers);
            double collected = (System.nanoTime() - start) / 1e9;
            FinishedTask task = draft.finish().get(0);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%d entries, %d examples, %.1f s (%.1f s until all were read), %.0f entries/s,"
                            + " sha256 %s, %s%n",
                    read,
                    task.examples(),
                    seconds,
                    collected,
                    read / seconds,
                    task.main().sha256().substring(0, 12),
                    Memory.ofThisProcess());
        } finally {
            workers.shutdown();
        }
    }

    private static TaskPlan plan(String mode) {
        boolean near = !mode.equals("exact");
        boolean all = mode.equals("all");
        Set<Kind> kinds = all ? EnumSet.allOf(Kind.class) : Set.of();
        Shares shares = all ? new Shares(0.8, 0.1, 0.1) : Shares.UNDIVIDED;
        return new TaskPlan(
                "game",
                new EntryFilter(0.5, true, false, false),
                new Converter(Format.INSTRUCTION, "Do it.", new Redactor(kinds, Map.of())),
                new ChoiceRules(true, near ? 0.8 : Double.NaN, 1, Long.MAX_VALUE / 2, shares, 0));
    }

    private static long person(String user) {
        return user == null ? 0 : user.hashCode() * 0x9e3779b97f4a7c15L;
    }

    private static long read(Path file, Draft draft, ExecutorService workers) throws Exception {
        Queue<Future<Draft.Batch>> ahead = new ArrayDeque<>();
        long read = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] rest = {};
            while (true) {
                byte[] lines = Arrays.copyOf(rest, PAGE);
                int end = rest.length + in.readNBytes(lines, rest.length, PAGE - rest.length);
                if (end == 0) {
                    break;
                }
                int pageEnd = lastLineFeed(lines, end);
                rest = Arrays.copyOfRange(lines, pageEnd + 1, end);
                ahead.add(workers.submit(() -> draft.make(page(lines, pageEnd))));
                if (ahead.size() == AHEAD) {
                    read = draft.take(ahead.remove().get());
                }
            }
        }
        while (!ahead.isEmpty()) {
            read = draft.take(ahead.remove().get());
        }
        return read;
    }

    private static int lastLineFeed(byte[] lines, int end) throws IOException {
        for (int i = end - 1; i >= 0; i--) {
            if (lines[i] == '\n') {
                return i;
            }
        }
        throw new IOException("a line is longer than a page");
    }

    /** Whole lines, as log-service sends a page. */
    private static Page page(byte[] lines, int end) {
        byte[] body = new byte[START.length + end + 2];
        System.arraycopy(START, 0, body, 0, START.length);
        System.arraycopy(lines, 0, body, START.length, end);
        for (int i = START.length; i < body.length; i++) {
            if (body[i] == '\n') {
                body[i] = ',';
            }
        }
        body[body.length - 2] = ']';
        body[body.length - 1] = '}';
        return new Page(body, Map.of(), null);
    }
}
