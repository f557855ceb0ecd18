package dev.acey.kit.key;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Finds keys of other servers by their names. A key itself is neither stored nor shown. */
@Singleton
public class KeyReferences {

    /** {@code ACEY_KEY_<NAME>} or {@code file:<name>}: nothing else can be named. */
    public static final String FORM =
            "ACEY_KEY_[A-Z0-9_]{1,64}|file:[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}";

    private static final String FILE = "file:";

    private final Path directory;
    private final Map<String, String> environment;

    @Inject
    public KeyReferences(@ConfigProperty(name = "acey.keys.dir") Path directory) {
        this(directory, System.getenv());
    }

    KeyReferences(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** The key of this name; empty when there is none. Never to be logged, stored or shown. */
    public Uni<Optional<String>> find(String reference) {
        if (!reference.startsWith(FILE)) {
            String key = environment.getOrDefault(reference, "").strip();
            return Uni.createFrom().item(Optional.of(key).filter(k -> !k.isEmpty()));
        }
        return Uni.createFrom()
                .item(() -> read(directory.resolve(reference.substring(FILE.length()))))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(k -> !k.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether there is a key of this name right now; null when none is named. */
    public Uni<Boolean> present(String reference) {
        if (reference == null) {
            return Uni.createFrom().nullItem();
        }
        if (!reference.startsWith(FILE)) {
            return Uni.createFrom().item(!environment.getOrDefault(reference, "").isBlank());
        }
        Path file = directory.resolve(reference.substring(FILE.length()));
        return Uni.createFrom()
                .item(() -> Files.isRegularFile(file) && Files.isReadable(file))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
