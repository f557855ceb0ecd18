package dev.acey.rollout.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.file.KeptFile;
import dev.acey.rollout.replica.Follower;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** This replica's copy of the registry: follows the database, and is kept on disk without it. */
@ApplicationScoped
public class KnownModels implements Follower {

    private static final long UNKNOWN = -1;

    private final Models models;
    private final KeptFile<Kept> kept;
    private volatile Known latest = new Known(UNKNOWN, Map.of());

    KnownModels(
            Models models,
            ObjectMapper json,
            @ConfigProperty(name = "acey.data.dir") Path directory) {
        this.models = models;
        this.kept = new KeptFile<>(directory.resolve("models.json"), Kept.class, json);
    }

    /** The registry as the file keeps it. */
    @RegisterForReflection
    record Kept(List<KnownModel> models) {}

    private record Known(long version, Map<String, KnownModel> byName) {

        static Known of(long version, List<KnownModel> models) {
            return new Known(
                    version,
                    models.stream()
                            .collect(
                                    Collectors.toMap(
                                            KnownModel::name,
                                            m -> m,
                                            (first, second) -> first,
                                            TreeMap::new)));
        }
    }

    void start(@Observes StartupEvent start) {
        kept.read().ifPresent(last -> latest = Known.of(UNKNOWN, last.models()));
    }

    /** The model of this name; empty when this replica knows of none. */
    public Optional<KnownModel> find(String name) {
        return Optional.ofNullable(latest.byName().get(name));
    }

    /** The names of all, in order. */
    public List<String> names() {
        return List.copyOf(latest.byName().keySet());
    }

    @Override
    public String topic() {
        return "models";
    }

    @Override
    public Uni<Void> follow(long version) {
        if (latest.version() == version) {
            return Uni.createFrom().voidItem();
        }
        return models.all()
                .invoke(all -> latest = Known.of(version, all))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(all -> kept.write(new Kept(all)))
                .replaceWithVoid();
    }
}
