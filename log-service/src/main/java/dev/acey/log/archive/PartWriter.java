package dev.acey.log.archive;

import dev.acey.kit.digest.Sha256;
import dev.acey.log.archive.Manifest.Part;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.zip.GZIPOutputStream;

/** Writes one file of a day, and knows its checksum at the end. Blocks. */
final class PartWriter implements Closeable {

    private static final int BUFFER = 1 << 16;

    private final String taskType;
    private final FileChannel file;
    private final DigestOutputStream digesting;
    private final GZIPOutputStream gzip;
    private final OutputStream out;
    private long entries;

    PartWriter(String taskType, Path path) {
        this.taskType = taskType;
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            digesting = new DigestOutputStream(Channels.newOutputStream(file), Sha256.digest());
            gzip = new GZIPOutputStream(digesting, BUFFER);
            out = new BufferedOutputStream(gzip, BUFFER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(byte[] json) {
        try {
            out.write(json);
            out.write('\n');
            entries++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forces all to disk. */
    Part finish() {
        try {
            out.flush();
            gzip.finish();
            file.force(true);
            String sha256 = Sha256.hex(digesting.getMessageDigest());
            return new Part(taskType + ".jsonl.gz", taskType, entries, file.size(), sha256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
