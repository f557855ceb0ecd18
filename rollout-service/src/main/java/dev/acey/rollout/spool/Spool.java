package dev.acey.rollout.spool;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Puts entries on the record: on this replica's disk, from where the {@link Sender} ships them to
 * log-service. One process a directory.
 */
@ApplicationScoped
public class Spool {

    private static final Logger LOG = Logger.getLogger(Spool.class);
    private static final long SEGMENT_BYTES = 16 << 20;
    private static final long LEAST_BYTES = 16L << 20;
    private static final long MOST_BYTES = 1L << 40;

    private final Path data;
    private final SpoolSettings settings;
    private FileChannel lock;
    private SpoolFiles files;
    private GroupWriter writer;

    Spool(
            @ConfigProperty(name = "acey.data.dir") Path data,
            SpoolSettings settings,
            MeterRegistry metrics) {
        this.data = data;
        this.settings = settings;
        Gauge.builder("acey.spool.entries", this, s -> s.files.unsent())
                .description("Entries that log-service has not acknowledged")
                .register(metrics);
        Gauge.builder("acey.spool.size", this, s -> s.files.bytes())
                .baseUnit("bytes")
                .description("What the spool takes on the disk")
                .register(metrics);
        Gauge.builder("acey.spool.damaged", this, s -> s.files.damaged())
                .description("Segments in whose middle a record cannot be read")
                .register(metrics);
    }

    void start(@Observes @Priority(10) StartupEvent start) throws IOException {
        long max = settings.maxBytes().asLongValue();
        if (max < LEAST_BYTES || max > MOST_BYTES) {
            throw new IllegalStateException("acey.spool.max-bytes must be from 16M to 1T");
        }
        Path directory = data.resolve("spool");
        Files.createDirectories(directory);
        lock = SpoolLock.take(directory);
        files =
                SpoolFiles.open(
                        directory, SEGMENT_BYTES, settings.fsync() != SpoolSettings.Fsync.NONE);
        writer = new GroupWriter(files, settings);
        LOG.infof(
                "%d entries of before wait to be shipped, %d of them of calls that were interrupted;"
                        + " %d bytes of a torn tail were cut off",
                files.unsent(), files.interrupted(), files.tornBytes());
    }

    /** After the sender's. */
    void stop(@Observes @Priority(20) ShutdownEvent stop) throws IOException {
        if (writer != null) {
            writer.close();
            files.close();
            lock.close();
        }
    }

    /**
     * To be asked before a call is made that would have to be recorded.
     *
     * @throws SpoolFullException when there is no room for more, or the disk takes nothing
     */
    public void requireRoom() {
        if (files.bytes() >= settings.maxBytes().asLongValue()) {
            throw new SpoolFullException("too many entries wait for log-service.");
        }
        if (writer.isFailing()) {
            throw new SpoolFullException("the disk takes no more.");
        }
    }

    /**
     * Completes when the records will survive this process, all or none; with {@code
     * acey.spool.fsync=each} also a loss of power. Fails with {@link SpoolFullException} when the
     * disk does not take them: then none is on the record.
     */
    public Uni<Void> append(List<SpoolRecord> records) {
        return Uni.createFrom()
                .<Void>emitter(
                        emitter ->
                                writer.add(
                                        new GroupWriter.Pending(
                                                records,
                                                () -> emitter.complete(null),
                                                emitter::fail)))
                .emitOn(caller());
    }

    SpoolFiles files() {
        return files;
    }

    Path directory() {
        return data.resolve("spool");
    }

    private static Executor caller() {
        Context context = Vertx.currentContext();
        return context == null
                ? Infrastructure.getDefaultExecutor()
                : task -> context.runOnContext(ignored -> task.run());
    }
}
