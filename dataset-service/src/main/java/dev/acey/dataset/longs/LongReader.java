package dev.acey.dataset.longs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a file of numbers, or a part of one, from its start. Blocks; for one thread at a time. */
public final class LongReader implements AutoCloseable {

    private static final int BUFFER = 32 * 1024;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private final long end;
    private long position;

    /** All of a file. */
    public LongReader(Path file) throws IOException {
        this(FileChannel.open(file, StandardOpenOption.READ), 0, Long.MAX_VALUE);
    }

    /**
     * A part.
     *
     * @param channel is closed with the reader
     * @param from the first byte
     * @param end behind the last byte; the file's end counts where it comes first
     */
    LongReader(FileChannel channel, long from, long end) throws IOException {
        this.channel = channel;
        this.position = from;
        this.end = Math.min(end, channel.size());
    }

    /** Whether there is another number. */
    public boolean hasNext() {
        return buffer.hasRemaining() || position < end;
    }

    /** The next number; only after {@link #hasNext}. */
    public long next() throws IOException {
        if (!buffer.hasRemaining()) {
            fill();
        }
        return buffer.getLong();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void fill() throws IOException {
        buffer.clear().limit((int) Math.min(BUFFER, end - position));
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position);
            if (read < 0) {
                throw new IOException("a file of numbers ends within one");
            }
            position += read;
        }
        buffer.flip();
    }
}
