package dev.acey.rollout.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads the records of one segment, in order, up to the first that is not whole. Blocking. */
final class SegmentReader implements Closeable {

    private final FileChannel file;
    private final long limit;
    private long position;

    /**
     * @param from an offset at which a record begins
     * @param limit the offset not to read beyond
     */
    SegmentReader(Path segment, long from, long limit) throws IOException {
        this.file = FileChannel.open(segment, StandardOpenOption.READ);
        this.position = from;
        this.limit = Math.min(limit, file.size());
    }

    /** The next record; null at the limit, and where none can be read. */
    SpoolRecord next() throws IOException {
        if (limit - position < Frame.HEADER) {
            return null;
        }
        ByteBuffer header = read(position, Frame.HEADER);
        int length = Frame.lengthOf(header);
        if (length < 0 || limit - position - Frame.HEADER < length) {
            return null;
        }
        SpoolRecord record = Frame.read(header, read(position + Frame.HEADER, length));
        if (record != null) {
            position += Frame.HEADER + length;
        }
        return record;
    }

    /** Where the next record begins. */
    long position() {
        return position;
    }

    /** Whether all up to the limit was read. */
    boolean isAtEnd() {
        return position == limit;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private ByteBuffer read(long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("a segment became shorter while it was read");
            }
        }
        return bytes.flip();
    }
}
