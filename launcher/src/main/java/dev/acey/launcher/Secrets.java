package dev.acey.launcher;

import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import java.util.UUID;

/**
 * What a data folder's passwords are: random, made once, kept in one file of mode 0600, and
 * letters, digits, {@code -} and {@code _} alone, so that they need no quoting anywhere.
 */
final class Secrets {

    private static final int BYTES = 32;

    private final Properties values;

    private Secrets(Properties values) {
        this.values = values;
    }

    /**
     * Reads the secrets, and makes those that are missing.
     *
     * @throws LauncherException where the database is there and its passwords are lost
     */
    static Secrets load(DataDir dir) {
        Properties values = PrivateFiles.read(dir.secrets());
        if (!values.containsKey("postgres") && Files.exists(dir.postgres())) {
            throw new LauncherException(
                    "%s is missing, and %s cannot be opened without the passwords in it"
                            .formatted(dir.secrets(), dir.postgres()));
        }
        boolean changed = values.putIfAbsent("instance", UUID.randomUUID().toString()) == null;
        changed |= values.putIfAbsent("shared", random()) == null;
        changed |= values.putIfAbsent("postgres", random()) == null;
        for (Service service : Service.values()) {
            changed |= values.putIfAbsent(service.id() + ".owner", random()) == null;
            changed |= values.putIfAbsent(service.id() + ".app", random()) == null;
        }
        if (changed) {
            PrivateFiles.write(dir.secrets(), values);
        }
        return new Secrets(values);
    }

    /** Names this data folder among all; not secret: it marks the processes that are ours. */
    String instance() {
        return values.getProperty("instance");
    }

    /** Behind route tokens and keyed hashes; the same for every service. */
    String shared() {
        return values.getProperty("shared");
    }

    /** The password of PostgreSQL's superuser. */
    String superuser() {
        return values.getProperty("postgres");
    }

    /** The password of the role that migrates the service's schema. */
    String owner(Service service) {
        return values.getProperty(service.id() + ".owner");
    }

    /** The password of the role the service works as. */
    String app(Service service) {
        return values.getProperty(service.id() + ".app");
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
