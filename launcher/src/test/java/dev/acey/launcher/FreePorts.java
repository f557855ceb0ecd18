package dev.acey.launcher;

import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;

/** Finds ports for a system that runs beside others. */
final class FreePorts {

    private FreePorts() {}

    /** An offset with which every port is free, and below those the system gives to clients. */
    static int offset() {
        return new Random()
                .ints(1_000, 17_000)
                .limit(1_000)
                .filter(FreePorts::allFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No free ports found"));
    }

    private static boolean allFree(int offset) {
        Settings settings = new Settings(Path.of(""), Path.of(""), offset);
        return Ports.of(settings).keySet().stream()
                .flatMapToInt(IntStream::of)
                .allMatch(Ports::isFree);
    }
}
