package dev.acey.launcher;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * PostgreSQL on a data folder: durable, reached by password over loopback alone. Started by {@code
 * pg_ctl}, which gives it a session of its own, out of reach of a terminal's Ctrl-C.
 */
final class Postgres implements Part {

    private static final String SUPERUSER = "postgres";

    /** Long enough to recover from a crash under load. */
    static final int START_LIMIT_SECONDS = 120;

    /** On the command line, because there they outrank every configuration file. */
    private static final List<String> CONFIGURATION =
            List.of(
                    "fsync=on",
                    "synchronous_commit=on",
                    "full_page_writes=on",
                    "listen_addresses=127.0.0.1",
                    "unix_socket_directories=",
                    "password_encryption=scram-sha-256",
                    "max_connections=200",
                    "timezone=UTC",
                    "log_timezone=UTC");

    private final DataDir dir;
    private final Secrets secrets;
    private final int port;

    Postgres(DataDir dir, Secrets secrets, int port) {
        this.dir = dir;
        this.secrets = secrets;
        this.port = port;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void start() {
        try {
            Path binaries = Binaries.unpacked(dir.binaries());
            if (Files.notExists(dir.postgres())) {
                create(binaries);
            }
            Postmaster.forgetStale(dir);
            int exitCode =
                    run(
                            binaries,
                            "pg_ctl",
                            List.of(
                                    "start",
                                    "-w",
                                    "-t",
                                    Integer.toString(START_LIMIT_SECONDS),
                                    dataArgument(dir.postgres()),
                                    "-l",
                                    dir.log(name()).toString(),
                                    "-o",
                                    options()));
            if (exitCode != 0) {
                throw failed("did not start");
            }
        } catch (IOException e) {
            throw new LauncherException("PostgreSQL could not be started: " + e, e);
        }
    }

    /** Aside and then renamed: what is found under the final name is a whole database. */
    private void create(Path binaries) throws IOException {
        Path aside = dir.postgresAside();
        Binaries.delete(aside);
        Path password = dir.path().resolve("postgres.password");
        try {
            PrivateFiles.write(password, secrets.superuser());
            int exitCode =
                    run(
                            binaries,
                            "initdb",
                            List.of(
                                    "--username=" + SUPERUSER,
                                    "--pwfile=" + password,
                                    "--auth=scram-sha-256",
                                    "--encoding=UTF8",
                                    "--locale=C",
                                    "--locale-provider=builtin",
                                    "--builtin-locale=C.UTF-8",
                                    "--no-instructions",
                                    dataArgument(aside)));
            if (exitCode != 0) {
                throw failed("could not create its data folder");
            }
        } finally {
            Files.delete(password);
        }
        Files.move(aside, dir.postgres(), StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncFolder(dir.path());
    }

    /** What marks {@code pg_ctl} and {@code initdb} as working on a folder of ours. */
    static String dataArgument(Path data) {
        return "--pgdata=" + data;
    }

    private String options() {
        List<String> options = new ArrayList<>();
        options.add("-p " + port);
        CONFIGURATION.forEach(setting -> options.add("-c " + setting));
        return String.join(" ", options);
    }

    private int run(Path binaries, String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        // PostgreSQL refuses to run as root; in a user namespace of its own it does not see that.
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        } else if (System.getProperty("user.name").equals("root")) {
            throw new LauncherException(
                    "PostgreSQL does not run as root where `unshare -U` is not allowed; "
                            + "start as an ordinary user");
        }
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(dir.log(name()).toFile()));
        try {
            return builder.start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + program, e);
        }
    }

    private LauncherException failed(String what) {
        Path log = dir.log(name());
        String reason =
                LogFiles.lastLineWith(log, List.of("FATAL:", "PANIC:", "error:"))
                        .orElse("no reason given");
        return new LauncherException("PostgreSQL %s: %s (more in %s)".formatted(what, reason, log));
    }

    @Override
    public boolean alive() {
        return Postmaster.of(dir).isPresent();
    }

    @Override
    public void stop() {
        Postmaster.of(dir).ifPresent(Postmaster::stop);
    }

    /** Opens a connection as superuser. */
    Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", secrets.superuser());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), properties);
    }
}
