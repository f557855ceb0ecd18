package dev.acey.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What runs where: one aligned table, the same after {@code up} and for {@code status}. */
final class Overview {

    private static final String ABSENT = "-";

    private final List<List<String>> rows = new ArrayList<>();
    private boolean allReady = true;

    private Overview() {}

    /** Looks at every part of a system once. */
    static Overview of(Settings settings, DataDir dir, Secrets secrets) {
        Overview overview = new Overview();
        overview.rows.add(List.of("PART", "ADDRESS", "PID", "HEALTH", "LOG"));
        Map<Service, ProcessHandle> processes = Orphans.services(secrets);
        Health health = new Health();
        for (Service service : Service.values()) {
            ProcessHandle process = processes.get(service);
            overview.add(
                    service.id(),
                    address(settings, service),
                    process == null ? ABSENT : Long.toString(process.pid()),
                    process != null && health.ready(settings.readiness(service)),
                    dir);
        }
        Postgres postgres = new Postgres(dir, secrets, settings.postgresPort());
        overview.add(
                postgres.name(),
                "localhost:%d/%s".formatted(settings.postgresPort(), Database.NAME),
                Postmaster.of(dir).map(found -> Long.toString(found.pid())).orElse(ABSENT),
                postgres.alive() && Health.ready(postgres),
                dir);
        return overview;
    }

    private static String address(Settings settings, Service service) {
        return service == Service.GATEWAY
                ? "%s and :%d".formatted(settings.url(service), settings.managementPort())
                : settings.url(service).toString();
    }

    private void add(String name, String address, String pid, boolean ready, DataDir dir) {
        allReady &= ready;
        String health = ready ? "ready" : pid.equals(ABSENT) ? "not running" : "not ready";
        rows.add(List.of(name, address, pid, health, dir.log(name).toString()));
    }

    /** Whether every part can take work. */
    boolean allReady() {
        return allReady;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int width = widest(column) + 2;
                line.append(("%-" + width + "s").formatted(row.get(column)));
            }
            text.append("  ").append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int widest(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
