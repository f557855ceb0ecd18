package dev.acey.rollout.upstream;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the data of server-sent events out of a body that arrives in pieces, wherever it is cut.
 * Lines end with CR, LF or both; comments and other fields are left out.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML: server-sent
 *     events</a>
 */
final class SseEvents {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final long most;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private boolean afterReturn;
    private boolean first = true;
    private long total;

    /**
     * @param most bytes of the whole body
     */
    SseEvents(long most) {
        this.most = most;
    }

    /**
     * The events that this piece completes.
     *
     * @throws TooLongException when the body is longer than it may be
     */
    List<String> add(Buffer piece) {
        total += piece.length();
        if (total > most) {
            throw new TooLongException();
        }
        List<String> events = new ArrayList<>();
        for (int i = 0; i < piece.length(); i++) {
            byte b = piece.getByte(i);
            boolean endsPair = afterReturn && b == '\n';
            afterReturn = b == '\r';
            if (b == '\r' || (b == '\n' && !endsPair)) {
                endLine(events);
            } else if (!endsPair) {
                line.write(b);
            }
        }
        return events;
    }

    /** There is more than there may be. */
    static final class TooLongException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("the stream is too long", null, false, false);
        }
    }

    private void endLine(List<String> events) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (first && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        first = false;
        if (text.isEmpty()) {
            if (hasData) {
                events.add(data.toString());
            }
            data.setLength(0);
            hasData = false;
        } else if (text.equals("data") || text.startsWith("data:")) {
            String value = text.length() > 5 ? text.substring(5) : "";
            data.append(hasData ? "\n" : "");
            data.append(value.startsWith(" ") ? value.substring(1) : value);
            hasData = true;
        }
    }
}
