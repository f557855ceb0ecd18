package dev.acey.log.archive;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads one file of a day, line by line. Blocks. */
final class PartReader implements Closeable {

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private ArchivedLine next;

    PartReader(Path file) {
        try {
            InputStream raw = Files.newInputStream(file);
            in = new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        advance();
    }

    /** The line to be taken next; null at the end. */
    ArchivedLine peek() {
        return next;
    }

    ArchivedLine take() {
        ArchivedLine taken = next;
        advance();
        return taken;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void advance() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
            int b = in.read();
            while (b >= 0 && b != '\n') {
                line.write(b);
                b = in.read();
            }
            next = line.size() == 0 ? null : ArchivedLine.of(line.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
