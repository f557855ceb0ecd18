package dev.acey.simulation.sample;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.acey.kit.entry.LogEntry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** All live calls of a time, page by page, at most one page ahead of who reads them. */
@ApplicationScoped
public class LogPages {

    private static final Logger LOG = Logger.getLogger(LogPages.class);
    private static final int PAGE = 1_000;

    private final LogService logs;
    private final ObjectMapper json;
    private final ObjectReader entries;

    LogPages(LogService logs, ObjectMapper json) {
        this.logs = logs;
        this.json = json;
        this.entries =
                json.readerFor(LogEntry.class)
                        .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * Some entries as they came.
     *
     * @param next where to go on after them; null on the last page
     */
    public record Page(byte[] body, String next) {}

    /**
     * The pages after a cursor, oldest first. While one is worked on, the next is on its way.
     *
     * @param after null to begin
     */
    public Multi<Page> after(Window window, String after) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(request(window, after)),
                        ahead -> next(window, ahead))
                .whilst(page -> page.next() != null);
    }

    /** The page that was asked for; the one after it is asked for as soon as that is there. */
    private Uni<Page> next(Window window, AtomicReference<Uni<Page>> ahead) {
        return ahead.get()
                .invoke(
                        page -> {
                            if (page.next() != null) {
                                Uni<Page> following = request(window, page.next());
                                ahead.set(following);
                                following
                                        .subscribe()
                                        .with(
                                                there -> LOG.trace("a page is here"),
                                                failure -> LOG.debug("a page is missing", failure));
                            }
                        });
    }

    /** One request, however often it is looked at. */
    private Uni<Page> request(Window window, String after) {
        return logs.page(window, after, PAGE).map(this::page).memoize().indefinitely();
    }

    /** Gives each entry of a page in order. CPU-bound: belongs on a worker. */
    public void forEach(Page page, Consumer<LogEntry> consumer) {
        try (JsonParser in = json.createParser(page.body())) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean logs = in.currentName().equals("logs");
                in.nextToken();
                if (!logs) {
                    in.skipChildren();
                    continue;
                }
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    consumer.accept(entries.readValue(in));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a page of entries is JSON", e);
        }
    }

    /** Reads no further than the cursor, which comes first. */
    private Page page(byte[] body) {
        try (JsonParser in = json.createParser(body)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean cursor = in.currentName().equals("nextCursor");
                in.nextToken();
                if (cursor) {
                    return new Page(body, in.getValueAsString());
                }
                in.skipChildren();
            }
            throw new IOException("a page of entries has a nextCursor");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
