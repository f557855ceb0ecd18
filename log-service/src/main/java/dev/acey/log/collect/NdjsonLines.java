package dev.acey.log.collect;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.function.BiConsumer;

/**
 * Cuts a body that arrives in pieces into lines. What it holds back is bounded by one line; a line
 * longer than that is let go of byte by byte and reported as null.
 */
final class NdjsonLines {

    private static final byte LINE_FEED = '\n';

    private final int longest;
    private final BiConsumer<Long, byte[]> lines;
    private Buffer open = Buffer.buffer();
    private boolean tooLong;
    private long number;

    /**
     * @param longest of a line, in bytes
     * @param lines takes each line with its number, counted from 1, or with null if it is too long
     */
    NdjsonLines(int longest, BiConsumer<Long, byte[]> lines) {
        this.longest = longest;
        this.lines = lines;
    }

    /** The next piece of the body. */
    void add(Buffer piece) {
        ByteBuf bytes = piece.getByteBuf();
        int from = 0;
        while (from < piece.length()) {
            int length = bytes.bytesBefore(from, piece.length() - from, LINE_FEED);
            boolean closed = length >= 0;
            int to = closed ? from + length : piece.length();
            if (closed && !tooLong && open.length() == 0 && length <= longest) {
                lines.accept(++number, piece.getBytes(from, to));
            } else {
                hold(piece, from, to);
                if (closed) {
                    close();
                }
            }
            from = to + 1;
        }
    }

    /** The body has ended: so has its last line, with or without a line feed. */
    void end() {
        if (tooLong || open.length() > 0) {
            close();
        }
    }

    private void hold(Buffer piece, int from, int to) {
        if (tooLong || open.length() + to - from > longest) {
            tooLong = true;
            open = Buffer.buffer();
        } else {
            open.appendBuffer(piece, from, to - from);
        }
    }

    private void close() {
        number++;
        byte[] line = tooLong ? null : open.getBytes();
        open = Buffer.buffer();
        tooLong = false;
        lines.accept(number, line);
    }
}
