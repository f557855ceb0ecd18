package dev.acey.dataset.longs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acey.dataset.version.VersionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LongSortTest {

    @Property(tries = 100)
    void numbersComeOutInOrderAndOnceHoweverSmallTheRuns(
            @ForAll @Size(max = 200) List<@LongRange(min = -50, max = 50) Long> numbers,
            @ForAll @IntRange(min = 1, max = 40) int run)
            throws IOException {
        Path directory = Files.createTempDirectory("longs");
        try (LongWriter out = new LongWriter(directory.resolve("in"))) {
            for (long number : numbers) {
                out.add(number);
            }
            out.end();
        }

        Path sorted = directory.resolve("out");
        LongSort.sort(directory.resolve("in"), sorted, directory.resolve("runs"), run);

        assertEquals(numbers.stream().sorted().distinct().toList(), read(sorted));
        for (long number = -51; number <= 51; number++) {
            assertEquals(numbers.contains(number), LongSearch.contains(sorted, number));
        }
        assertTrue(Files.notExists(directory.resolve("runs")));
        VersionFiles.delete(directory);
    }

    private static List<Long> read(Path file) throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (LongReader in = new LongReader(file)) {
            while (in.hasNext()) {
                numbers.add(in.next());
            }
        }
        return numbers;
    }
}
