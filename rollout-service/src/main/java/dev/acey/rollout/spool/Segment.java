package dev.acey.rollout.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of the spool: its number says when it came, and is never used again. */
record Segment(Path directory, long number) {

    private static final String SUFFIX = ".spool";
    private static final Pattern NAME = Pattern.compile("\\d{16}\\.spool");

    /** Those in the directory, oldest first. */
    static List<Segment> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .map(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
                    .sorted()
                    .map(number -> new Segment(directory, number))
                    .toList();
        }
    }

    Path path() {
        return directory.resolve("%016d%s".formatted(number, SUFFIX));
    }

    /** Where its file goes when a record in its middle cannot be read: kept, but not read again. */
    Path damaged() {
        return directory.resolve("%016d.damaged".formatted(number));
    }
}
