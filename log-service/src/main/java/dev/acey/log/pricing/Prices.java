package dev.acey.log.pricing;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.Performance;
import dev.acey.kit.file.KeptFile;
import dev.acey.kit.page.Query;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Prices entries that have token counts and no cost. The prices follow rollout-service and are kept
 * on disk; nobody who logs an entry ever waits for them.
 */
@ApplicationScoped
public class Prices {

    private static final Logger LOG = Logger.getLogger(Prices.class);

    private final ModelsClient models;
    private final KeptFile<PriceList> file;
    private final AtomicBoolean away = new AtomicBoolean();
    private volatile PriceList known = new PriceList(Map.of());

    Prices(
            @RestClient ModelsClient models,
            ObjectMapper json,
            @ConfigProperty(name = "acey.data.dir") Path directory) {
        this.models = models;
        this.file = new KeptFile<>(directory.resolve("prices.json"), PriceList.class, json);
    }

    void start(@Observes StartupEvent event) {
        file.read().ifPresent(kept -> known = kept);
    }

    /**
     * The entry with its cost, where that is not given and follows from both token counts and the
     * price of its model; else as it is.
     */
    public LogEntry priced(LogEntry entry) {
        Performance took = entry.performance();
        Price price = of(entry.model());
        if (price == null
                || took == null
                || took.cost() != null
                || took.promptTokens() == null
                || took.completionTokens() == null) {
            return entry;
        }
        return entry.performed(
                new Performance(
                        took.responseTime(),
                        took.promptTokens(),
                        took.completionTokens(),
                        took.tokenCount(),
                        price.of(took.promptTokens(), took.completionTokens())));
    }

    /** Null where none is known. */
    Price of(String model) {
        return model == null ? null : known.prices().get(model);
    }

    @Scheduled(
            every = "15s",
            identity = "follow-prices",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> follow() {
        return all().invoke(() -> away.set(false))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(this::take)
                .onFailure()
                .invoke(this::report)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void take(PriceList told) {
        if (!told.equals(known)) {
            known = told;
            file.write(told);
        }
    }

    private void report(Throwable failure) {
        if (away.compareAndSet(false, true)) {
            LOG.warnf("The last known prices hold until rollout-service tells: %s", failure);
        }
    }

    private Uni<PriceList> all() {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<String>(),
                        cursor ->
                                models.models(Query.MAX_LIMIT, cursor.get())
                                        .invoke(page -> cursor.set(page.nextCursor())))
                .whilst(page -> page.nextCursor() != null)
                .onItem()
                .transformToIterable(ModelPage::models)
                .filter(model -> model.pricing() != null)
                .collect()
                .in(
                        HashMap<String, Price>::new,
                        (prices, model) -> prices.put(model.name(), model.pricing()))
                .map(PriceList::new);
    }
}
