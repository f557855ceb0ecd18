package dev.acey.bench.ingest;

import dev.acey.bench.system.AceySystem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Clients post entries one at a time and in bulk, each again under the same id until it is
 * acknowledged, while log-service and PostgreSQL are killed at random moments. In the end what was
 * acknowledged must be stored, all of it, and once.
 *
 * <p>Arguments: rounds (50), seed (1).
 */
public final class NothingLost {

    private static final int SINGLE_CLIENTS = 6;
    private static final int BULK_CLIENTS = 2;
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(5);

    private final AceySystem system;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<StubbornClient> clients = new ArrayList<>();

    private NothingLost(AceySystem system) {
        this.system = system;
    }

    public static void main(String[] args) throws InterruptedException, SQLException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 50;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        try (AceySystem system = AceySystem.start()) {
            new NothingLost(system).run(rounds, seed);
        }
    }

    private void run(int rounds, long seed) throws InterruptedException, SQLException {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            System.out.println(setting + " = " + query("SHOW " + setting).iterator().next());
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < SINGLE_CLIENTS + BULK_CLIENTS; i++) {
            int atOnce = i < SINGLE_CLIENTS ? 1 : 400;
            StubbornClient client =
                    new StubbornClient(system, new Lines(random.nextLong()), atOnce, stop);
            clients.add(client);
            Thread thread = new Thread(client, "client-" + i);
            // Where a run fails they must not go on and meet the next one.
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (int round = 1; round <= rounds; round++) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(300, 2_500));
            String victims = kill(random.nextInt(4));
            awaitRecovery();
            System.out.printf(
                    "round %d: killed %s; %,d acknowledged%n", round, victims, acknowledged());
        }
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        report();
    }

    private String kill(int which) {
        if (which != 0) {
            system.kill("log");
        }
        if (which == 0 || which == 3) {
            system.killPostgres();
        }
        return which == 0 ? "PostgreSQL" : which == 3 ? "both" : "log-service";
    }

    /** Until each client was answered again. */
    private void awaitRecovery() throws InterruptedException {
        List<Long> before = clients.stream().map(StubbornClient::acknowledgements).toList();
        long end = System.nanoTime() + RECOVERY_LIMIT.toNanos();
        for (int i = 0; i < clients.size(); i++) {
            while (clients.get(i).acknowledgements() <= before.get(i)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("nothing is acknowledged any more");
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private long acknowledged() {
        return clients.stream().mapToLong(client -> client.ids().size()).sum();
    }

    private void report() throws SQLException {
        Set<UUID> acknowledged = new HashSet<>();
        clients.forEach(client -> acknowledged.addAll(client.ids()));
        List<UUID> stored =
                query("SELECT id FROM log.entry JOIN log.payload USING (day, id)").stream()
                        .map(UUID::fromString)
                        .toList();
        Set<UUID> distinct = new HashSet<>(stored);
        long tries = clients.stream().mapToLong(StubbornClient::failures).sum();
        long repeats = clients.stream().mapToLong(StubbornClient::duplicates).sum();
        System.out.printf(
                "acknowledged %,d, stored %,d; failed requests %,d, acknowledged as stored before"
                        + " %,d%n",
                acknowledged.size(), stored.size(), tries, repeats);
        Set<UUID> lost = new HashSet<>(acknowledged);
        lost.removeAll(distinct);
        if (!lost.isEmpty()
                || distinct.size() != stored.size()
                || stored.size() != acknowledged.size()) {
            System.out.printf("LOST %d, TWICE %d%n", lost.size(), stored.size() - distinct.size());
            System.exit(1);
        }
        System.out.println("nothing lost, nothing twice");
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection connection = system.database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
