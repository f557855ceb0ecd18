package dev.acey.dataset.draft;

import dev.acey.kit.digest.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** A new file that is hashed and counted while it is written. Blocks; for one thread at a time. */
final class DigestedFile implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final FileChannel channel;
    private final MessageDigest digest;
    private final OutputStream out;
    private long bytes;

    DigestedFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        digest = Sha256.digest();
        out =
                new BufferedOutputStream(
                        new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER);
    }

    void write(byte[] data) throws IOException {
        out.write(data);
        bytes += data.length;
    }

    long bytes() {
        return bytes;
    }

    /** Forces everything to the disk and closes the file; the SHA-256 in hexadecimal digits. */
    String finish() throws IOException {
        out.flush();
        channel.force(true);
        channel.close();
        return Sha256.hex(digest);
    }

    /** Gives the file up, whatever is still in the buffer. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
