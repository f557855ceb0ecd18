package dev.acey.bench.live;

import dev.acey.bench.system.AceySystem;
import dev.acey.bench.system.Http;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Streams for ten minutes, one in five hung up on at its first piece, and whether the gateway and
 * rollout-service hold more at the end than they did in the third minute.
 *
 * <p>Settings: {@code -Dacey.bench.minutes} (10), {@code -Dacey.bench.rate} (40 streams a second).
 */
public final class HungUp {

    private static final int MINUTES = Integer.getInteger("acey.bench.minutes", 10);
    private static final int RATE = Integer.getInteger("acey.bench.rate", 40);
    private static final int SAMPLES = 5;
    private static final String TASK = "hung-up";
    private static final double MOST_GROWTH = 1.1;

    private final AceySystem system;
    private final Calls calls;
    private final LongAdder whole = new LongAdder();
    private final LongAdder hungUp = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile boolean over;

    private HungUp(AceySystem system, Calls calls) {
        this.system = system;
        this.calls = calls;
    }

    /** Medians of what a process holds over a minute: bytes after a collection, files, sockets. */
    private record Held(double heap, double files, double sockets) {

        double growth(Held other) {
            return Math.max(
                    other.heap / heap, Math.max(other.files / files, other.sockets / sockets));
        }
    }

    /** Run from the repository's root; ends with 1 where anything has grown by over a tenth. */
    public static void main(String[] arguments) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        boolean good;
        try (AceySystem system = AceySystem.start();
                StubModel stub = new StubModel(vertx, 20);
                Calls calls =
                        new Calls(
                                vertx, system.gateway("/v1/chat/completions"), TASK, 1_000, true)) {
            Routes.set(system, new Http(), stub, TASK, "passthrough");
            good = new HungUp(system, calls).run(vertx);
        }
        vertx.close();
        System.exit(good ? 0 : 1);
    }

    private boolean run(Vertx vertx) throws InterruptedException {
        Thread load = new Thread(() -> ask(vertx), "load");
        load.start();
        Wait.seconds(2 * 60);
        List<Held> third = List.of(held("gateway"), held("rollout"));
        Wait.seconds((MINUTES - 4) * 60);
        List<Held> last = List.of(held("gateway"), held("rollout"));
        over = true;
        load.join();
        System.out.printf(
                "streams read to the end %d, hung up on %d, failed %d%n",
                whole.sum(), hungUp.sum(), failed.sum());
        boolean good = failed.sum() == 0;
        for (int i = 0; i < last.size(); i++) {
            System.out.printf(
                    "%s: third minute %s, last minute %s, largest ratio %.3f%n",
                    i == 0 ? "gateway" : "rollout-service",
                    third.get(i),
                    last.get(i),
                    third.get(i).growth(last.get(i)));
            good &= third.get(i).growth(last.get(i)) <= MOST_GROWTH;
        }
        return good;
    }

    private void ask(Vertx vertx) {
        long asked = 0;
        while (!over) {
            String key = "key-" + asked;
            if (asked++ % 5 == 0) {
                vertx.runOnContext(
                        x ->
                                calls.askAndHangUp(key)
                                        .onSuccess(done -> hungUp.increment())
                                        .onFailure(e -> failed.increment()));
            } else {
                vertx.runOnContext(
                        x ->
                                calls.ask(key)
                                        .onSuccess(
                                                answer ->
                                                        (answer.status() == 200 ? whole : failed)
                                                                .increment())
                                        .onFailure(e -> failed.increment()));
            }
            LockSupport.parkNanos(1_000_000_000L / RATE);
        }
    }

    /** Over half a minute. */
    private Held held(String service) {
        ProcessHandle process = system.process(service);
        double[] heap = new double[SAMPLES];
        double[] files = new double[SAMPLES];
        double[] sockets = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            Wait.seconds(5);
            heap[i] = liveBytes(process.pid());
            List<String> open = open(process.pid());
            files[i] = open.size();
            sockets[i] = open.stream().filter(f -> f.startsWith("socket:")).count();
        }
        return new Held(median(heap), median(files), median(sockets));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** What is reachable: counting it collects the rest first. */
    private static long liveBytes(long pid) {
        try {
            Process jcmd =
                    new ProcessBuilder("jcmd", Long.toString(pid), "GC.class_histogram")
                            .redirectErrorStream(true)
                            .start();
            String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.lines()
                    .filter(line -> line.startsWith("Total"))
                    .mapToLong(line -> Long.parseLong(line.trim().split("\\s+")[2]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> open(long pid) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return files.map(HungUp::target).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }
}
