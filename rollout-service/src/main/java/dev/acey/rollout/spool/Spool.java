package dev.acey.rollout.spool;

import com.fasterxml.jackson.databind.ObjectMapper;
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
    private static final long LARGEST_SEGMENT = 16 << 20;

    /** Room is made a segment at a time. */
    private static final int LEAST_SEGMENTS = 8;

    private static final long LEAST_BYTES = 16L << 20;
    private static final long MOST_BYTES = 1L << 40;

    private final Path data;
    private final SpoolSettings settings;
    private final ObjectMapper json;
    private DeadLetters refusedEntries;
    private FileChannel lock;
    private SpoolFiles files;
    private GroupWriter writer;

    Spool(
            @ConfigProperty(name = "acey.data.dir") Path data,
            SpoolSettings settings,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.data = data;
        this.json = json;
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
        long refused = settings.refusedMaxBytes().asLongValue();
        if (refused < 0 || refused > MOST_BYTES) {
            throw new IllegalStateException("acey.spool.refused-max-bytes must be from 0 to 1T");
        }
        Path directory = data.resolve("spool");
        Files.createDirectories(directory);
        refusedEntries = new DeadLetters(directory, refused, json);
        lock = SpoolLock.take(directory);
        files =
                SpoolFiles.open(
                        directory,
                        Math.min(LARGEST_SEGMENT, max / LEAST_SEGMENTS),
                        settings.fsync() != SpoolSettings.Fsync.NONE);
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

    /**
     * Lets what comes from now on go into a new file, so that what is there can leave the disk.
     *
     * @return what {@link #holdsNothingBefore} wants to know
     */
    public Uni<Long> seal() {
        return Uni.createFrom()
                .<Long>emitter(emitter -> writer.seal(emitter::complete, emitter::fail))
                .emitOn(caller());
    }

    /**
     * Whether all that was on the record when this was the answer of {@link #seal} has been shipped
     * or dropped, and has left the disk. Segments that cannot be read stay where they are.
     */
    public boolean holdsNothingBefore(long seal) {
        return files.oldest() >= seal;
    }

    /** Takes what erased people said out of the entries that log-service refused. Blocking. */
    public void forgetRefused(ErasedPeople people) throws IOException {
        refusedEntries.forget(people);
    }

    /** Where it lies. */
    public Path directory() {
        return data.resolve("spool");
    }

    DeadLetters refused() {
        return refusedEntries;
    }

    SpoolFiles files() {
        return files;
    }

    private static Executor caller() {
        Context context = Vertx.currentContext();
        return context == null
                ? Infrastructure.getDefaultExecutor()
                : task -> context.runOnContext(ignored -> task.run());
    }
}
