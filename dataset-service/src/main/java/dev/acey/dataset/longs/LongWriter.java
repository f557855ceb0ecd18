package dev.acey.dataset.longs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file of numbers, 8 bytes each, big-endian. Blocks; for one thread at a time. */
public final class LongWriter implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    public LongWriter(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Appends a number. */
    public void add(long number) throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.putLong(number);
    }

    /** Writes what is left and closes the file. */
    public void end() throws IOException {
        flush();
        channel.close();
    }

    /** Gives the file up, unless it was ended; another thread may do so. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
