package dev.acey.kit.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * One JSON document on disk: what a service learnt last, for a start without whoever told it.
 * Written aside and renamed, so that a crash leaves the old one or the new one; readable by its
 * owner only.
 */
public final class KeptFile<T> {

    private static final Logger LOG = Logger.getLogger(KeptFile.class);

    private final Path file;
    private final Class<T> type;
    private final ObjectMapper json;
    private final AtomicReference<T> waiting = new AtomicReference<>();

    public KeptFile(Path file, Class<T> type, ObjectMapper json) {
        this.file = file;
        this.type = type;
        this.json = json;
    }

    /**
     * Blocking: what was kept last; empty when there is none, or none that can be read, which is
     * logged.
     */
    public Optional<T> read() {
        try {
            ObjectReader reader = json.readerFor(type);
            return Files.exists(file)
                    ? Optional.of(reader.readValue(Files.readAllBytes(file)))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.warnf("%s is left aside: %s", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** Keeps this before long, and of several in a row the last: whoever follows does not wait. */
    public void keep(T value) {
        if (waiting.getAndSet(value) == null) {
            Infrastructure.getDefaultWorkerPool().execute(this::writeWaiting);
        }
    }

    /** What waits is taken under the lock, so that an older one never comes after a newer. */
    private synchronized void writeWaiting() {
        write(waiting.getAndSet(null));
    }

    /** Blocking: keeps this; when it cannot, that is logged and the service goes on without. */
    public synchronized void write(T value) {
        Path aside = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(aside);
            Files.createFile(
                    aside,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            try (FileChannel out = FileChannel.open(aside, Set.of(StandardOpenOption.WRITE))) {
                ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(value));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warnf("%s could not be kept: %s", file, e.getMessage());
        }
    }
}
