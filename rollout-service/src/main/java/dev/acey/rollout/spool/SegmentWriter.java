package dev.acey.rollout.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Appends to one segment, whole records or nothing. Blocking, one thread at a time. */
final class SegmentWriter implements Closeable {

    private final Segment segment;
    private final FileChannel file;
    private volatile long size;
    private volatile boolean broken;

    SegmentWriter(Segment segment) throws IOException {
        this.segment = segment;
        this.file =
                FileChannel.open(
                        segment.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    Segment segment() {
        return segment;
    }

    /** The bytes of all whole records. */
    long size() {
        return size;
    }

    /** Whether nothing can follow: half a record may stand at the end. */
    boolean isBroken() {
        return broken;
    }

    /** Lets nothing follow what is here. */
    void breakOff() {
        broken = true;
    }

    void append(ByteBuffer frames) throws IOException {
        long end = size;
        try {
            while (frames.hasRemaining()) {
                end += file.write(frames, end);
            }
        } catch (IOException e) {
            takeBack();
            throw e;
        }
        size = end;
    }

    void force() throws IOException {
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void takeBack() {
        try {
            file.truncate(size);
        } catch (IOException e) {
            broken = true;
        }
    }
}
