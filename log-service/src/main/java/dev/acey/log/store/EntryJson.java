package dev.acey.log.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.acey.kit.entry.LogEntry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An entry's JSON, split for storage and put together again. What can change after the entry was
 * written (the decision, the final action, the review) stands in columns; the rest is written once.
 */
@Singleton
public class EntryJson {

    private static final byte CLOSING_BRACE = '}';
    private static final JsonFactory TOKENS = new JsonFactory();

    private final ObjectMapper json;
    private final ObjectWriter payload;

    EntryJson(ObjectMapper json) {
        this.json = json;
        this.payload = json.copy().addMixIn(LogEntry.class, Payload.class).writer();
    }

    /** The part that never changes, as UTF-8. */
    public Buffer payloadOf(LogEntry entry) {
        return write(payload, entry);
    }

    /** Any other value of an entry as JSON in UTF-8; null stays null. */
    public Buffer bytesOf(Object value) {
        return value == null ? null : write(json.writer(), value);
    }

    /**
     * The whole entry as it is answered.
     *
     * @param payload what {@link #payloadOf} gave
     * @param decision approved, modified, rejected, pending or null
     * @param finalAction JSON or null
     * @param review JSON or null
     */
    public static Buffer whole(Buffer payload, String decision, Buffer finalAction, Buffer review) {
        int end = payload.length() - 1;
        if (payload.getByte(end) != CLOSING_BRACE) {
            throw new IllegalStateException("a payload is a JSON object");
        }
        Buffer whole = Buffer.buffer(end + 128).appendBuffer(payload, 0, end);
        whole.appendString(",\"controlDecision\":");
        whole.appendString(decision == null ? "null" : '"' + decision + '"');
        append(whole, ",\"finalAction\":", finalAction);
        append(whole, ",\"review\":", review);
        return whole.appendByte(CLOSING_BRACE);
    }

    /**
     * The payload that a whole entry was made of.
     *
     * @param whole what {@link #whole} gave
     */
    public static Buffer payloadOf(byte[] whole) {
        try (JsonParser parser = TOKENS.createParser(whole)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                int start = (int) parser.currentTokenLocation().getByteOffset();
                if (parser.currentName().equals("controlDecision")) {
                    return Buffer.buffer()
                            .appendBytes(whole, 0, start - 1)
                            .appendByte(CLOSING_BRACE);
                }
                parser.nextToken();
                parser.skipChildren();
            }
            throw new IllegalStateException("a whole entry has a decision");
        } catch (IOException e) {
            throw new UncheckedIOException("a whole entry is JSON", e);
        }
    }

    private static void append(Buffer whole, String field, Buffer value) {
        whole.appendString(field);
        if (value == null) {
            whole.appendString("null");
        } else {
            whole.appendBuffer(value);
        }
    }

    private static Buffer write(ObjectWriter writer, Object value) {
        try {
            return Buffer.buffer(writer.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }

    @RegisterForReflection
    @JsonIgnoreProperties({"controlDecision", "finalAction", "review"})
    private abstract static class Payload {}
}
