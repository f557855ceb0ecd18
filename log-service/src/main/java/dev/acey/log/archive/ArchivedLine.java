package dev.acey.log.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * One entry of an archive and its place in the order of entries.
 *
 * @param json the whole entry in UTF-8, without the line's end
 */
record ArchivedLine(Instant ts, UUID id, byte[] json) implements Comparable<ArchivedLine> {

    private static final JsonFactory JSON = new JsonFactory();

    /** PostgreSQL's order of UUIDs is that of their bytes; Java's compares signed halves. */
    private static final Comparator<ArchivedLine> ORDER =
            Comparator.comparing(ArchivedLine::ts).thenComparing(line -> line.id().toString());

    static ArchivedLine of(byte[] json) {
        Instant ts = null;
        UUID id = null;
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME && (ts == null || id == null)) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "id" -> id = UUID.fromString(parser.getText());
                    case "timestamp" -> ts = Instant.parse(parser.getText());
                    default -> parser.skipChildren();
                }
            }
            return new ArchivedLine(ts, id, json);
        } catch (IOException e) {
            throw new UncheckedIOException("an archived line is an entry", e);
        }
    }

    @Override
    public int compareTo(ArchivedLine other) {
        return ORDER.compare(this, other);
    }
}
