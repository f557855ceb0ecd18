package dev.acey.dataset.candidate;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file that is appended to first and read from any place afterwards. Blocks; for one
 * thread at a time.
 */
final class Spill implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final FileChannel channel;
    private final ByteBuffer unwritten = ByteBuffer.allocate(BUFFER);
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;
    private long written;

    Spill(Path file) throws IOException {
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
    }

    /** Where what is appended next will stand. */
    long position() {
        return written + unwritten.position();
    }

    void append(ByteBuffer data) throws IOException {
        if (data.remaining() > unwritten.remaining()) {
            flush();
        }
        if (data.remaining() > BUFFER) {
            written += data.remaining();
            write(data);
        } else {
            unwritten.put(data);
        }
    }

    void flush() throws IOException {
        unwritten.flip();
        written += unwritten.remaining();
        write(unwritten);
        unwritten.clear();
    }

    /**
     * What stands at a place, only after {@link #flush}; valid until the next call.
     *
     * @param ahead how much to read at once, for callers that go on from there
     */
    ByteBuffer read(long offset, int length, int ahead) throws IOException {
        if (offset < windowStart || offset + length > windowStart + window.limit()) {
            fill(offset, length, ahead);
        }
        return window.slice((int) (offset - windowStart), length);
    }

    FileChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void fill(long offset, int length, int ahead) throws IOException {
        int wanted = (int) Math.max(length, Math.min(ahead, written - offset));
        if (window.capacity() < wanted) {
            window = ByteBuffer.allocate(wanted);
        }
        window.clear().limit(wanted);
        while (window.hasRemaining()) {
            if (channel.read(window, offset + window.position()) < 0) {
                throw new EOFException("a temporary file became shorter");
            }
        }
        window.flip();
        windowStart = offset;
    }

    private void write(ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            channel.write(data);
        }
    }
}
