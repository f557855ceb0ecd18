package dev.acey.simulation.sample;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.LogEntry;
import dev.acey.simulation.cases.NewCase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Samples of what log-service has stored. */
@ApplicationScoped
public class LogSamples {

    /** As many as log-service takes at once. */
    private static final int IDS_AT_ONCE = 25;

    private final LogService logs;
    private final ObjectReader parts;
    private final ObjectMapper json;
    private final Vertx vertx;

    LogSamples(LogService logs, ObjectMapper json, Vertx vertx) {
        this.logs = logs;
        this.json = json;
        this.parts = json.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.vertx = vertx;
    }

    /**
     * Draws a sample of live calls that were judged, each with the verdict it got: the ids at once,
     * the calls some at a time, each when those before were taken.
     *
     * @param selection with a seed
     * @param model that answered the calls; null for any
     * @return fewer than asked where there are fewer
     */
    public Multi<List<NewCase>> draw(Selection selection, String model) {
        return logs.drawn(selection, model).onItem().transformToMulti(this::cases);
    }

    private Multi<List<NewCase>> cases(List<UUID> drawn) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Place(drawn), this::next)
                .whilst(page -> !page.last())
                .map(Page::cases);
    }

    /** How far a sample has been read. */
    private static final class Place {

        private final List<UUID> drawn;
        private int next;

        Place(List<UUID> drawn) {
            this.drawn = drawn;
        }

        List<UUID> some() {
            return drawn.subList(next, Math.min(drawn.size(), next + IDS_AT_ONCE));
        }

        boolean took(int taken) {
            next += taken;
            return next >= drawn.size();
        }
    }

    private record Page(List<NewCase> cases, int taken, boolean last) {}

    private Uni<Page> next(Place place) {
        return place.some().isEmpty()
                ? Uni.createFrom().item(new Page(List.of(), 0, true))
                : logs.entries(place.some())
                        .chain(body -> vertx.executeBlocking(() -> page(body), false))
                        .map(page -> new Page(page.cases(), 0, place.took(page.taken())));
    }

    private Page page(byte[] body) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        Map<String, ObjectNode> demonstrations = new HashMap<>();
        int taken = 0;
        try (JsonParser in = json.createParser(body)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String field = in.currentName();
                in.nextToken();
                switch (field) {
                    case "taken" -> taken = in.getIntValue();
                    case "logs" -> {
                        while (in.nextToken() != JsonToken.END_ARRAY) {
                            entries.add(parts.readValue(in, LogEntry.class));
                        }
                    }
                    case "demonstrations" -> {
                        while (in.nextToken() == JsonToken.FIELD_NAME) {
                            String id = in.currentName();
                            in.nextToken();
                            demonstrations.put(id, parts.readValue(in, ObjectNode.class));
                        }
                    }
                    default -> in.skipChildren();
                }
            }
        }
        if (taken < 1) {
            throw new IOException("log-service took none of the ids");
        }
        List<NewCase> cases = new ArrayList<>(entries.size());
        for (LogEntry entry : entries) {
            cases.add(NewCase.of(json, entry, null, demonstrations.get(entry.id().toString())));
        }
        return new Page(cases, taken, false);
    }
}
