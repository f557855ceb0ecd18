package dev.acey.rollout.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path directory;

    private record Settings(
            MemorySize maxBytes, Fsync fsync, Duration fsyncInterval, MemorySize refusedMaxBytes)
            implements SpoolSettings {

        static Settings of(long maxBytes, Fsync fsync) {
            return new Settings(
                    new MemorySize(BigInteger.valueOf(maxBytes)),
                    fsync,
                    Duration.ofMillis(10),
                    new MemorySize(BigInteger.valueOf(1_000)));
        }
    }

    @ParameterizedTest
    @EnumSource(SpoolSettings.Fsync.class)
    void whatIsInItIsThereAfterARestart(SpoolSettings.Fsync fsync) throws IOException {
        List<SpoolRecord> written = List.of(entry(10), entry(20_000), entry(0));
        Spool spool = start(16 << 20, fsync);
        for (SpoolRecord record : written) {
            append(spool, record);
        }
        spool.stop(null);

        Spool again = start(16 << 20, fsync);
        assertEquals(
                written.stream().map(SpoolRecord::id).toList(),
                again.files().peek(10, Integer.MAX_VALUE).entries().stream()
                        .map(SpoolRecord::id)
                        .toList());
        again.stop(null);
    }

    @Test
    void aFullOneRefusesNewCallsButRecordsThoseUnderWay() throws IOException {
        Spool spool = start(16 << 20, SpoolSettings.Fsync.NONE);
        for (int i = 0; i < 16; i++) {
            spool.requireRoom();
            append(spool, entry(1 << 20));
        }
        SpoolFullException full = assertThrows(SpoolFullException.class, spool::requireRoom);
        assertEquals(503, full.status());
        append(spool, entry(10));
        assertEquals(17, spool.files().unsent());

        while (!spool.files().peek(100, 4 << 20).entries().isEmpty()) {
            spool.files().acknowledge();
        }
        spool.requireRoom();
        spool.stop(null);
    }

    @Test
    void aSecondProcessInTheSameDirectoryDoesNotStart() throws IOException {
        Spool spool = start(16 << 20, SpoolSettings.Fsync.NONE);
        IllegalStateException refused =
                assertThrows(
                        IllegalStateException.class,
                        () -> start(16 << 20, SpoolSettings.Fsync.NONE));
        assertTrue(refused.getMessage().contains("acey.data.dir"));
        spool.stop(null);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, (16 << 20) - 1, (1L << 40) + 1})
    void aSizeThatMakesNoSenseStopsTheStart(long maxBytes) {
        IllegalStateException refused =
                assertThrows(
                        IllegalStateException.class,
                        () -> start(maxBytes, SpoolSettings.Fsync.NONE));
        assertTrue(refused.getMessage().contains("acey.spool.max-bytes"));
    }

    @Test
    void refusedEntriesAreKeptUntilTheirFileIsFull() throws IOException {
        Spool spool = start(16 << 20, SpoolSettings.Fsync.NONE);
        SpoolRecord entry =
                SpoolRecord.entry(
                        UUID.randomUUID(), ("{\"a\":\"" + "x".repeat(300) + "\"}").getBytes(UTF_8));
        int kept = 0;
        while (kept < 10 && spool.refused().add(entry, "not this one")) {
            kept++;
        }
        assertEquals(2, kept);
        spool.stop(null);
    }

    @Test
    void whatIsSealedIsGoneOnceItIsShipped() throws IOException {
        Spool spool = start(16 << 20, SpoolSettings.Fsync.NONE);
        append(spool, entry(10));
        long seal = spool.seal().await().atMost(PATIENCE);
        append(spool, entry(10));
        assertFalse(spool.holdsNothingBefore(seal));
        while (!spool.files().peek(1, 4 << 20).entries().isEmpty()) {
            spool.files().acknowledge();
        }
        spool.files().acknowledge();
        assertTrue(spool.holdsNothingBefore(seal));
        long again = spool.seal().await().atMost(PATIENCE);
        assertEquals(again, spool.seal().await().atMost(PATIENCE));
        spool.stop(null);
    }

    private Spool start(long maxBytes, SpoolSettings.Fsync fsync) throws IOException {
        Spool spool =
                new Spool(
                        directory,
                        Settings.of(maxBytes, fsync),
                        new ObjectMapper(),
                        new SimpleMeterRegistry());
        spool.start(null);
        return spool;
    }

    private static void append(Spool spool, SpoolRecord record) {
        spool.append(List.of(record)).await().atMost(PATIENCE);
    }

    private static SpoolRecord entry(int length) {
        return SpoolRecord.entry(UUID.randomUUID(), new byte[length]);
    }
}
