package dev.acey.rollout.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far log-service has acknowledged.
 *
 * @param segment its number
 * @param offset in it
 */
record SpoolPosition(long segment, long offset) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18}) (\\d{1,18})\n");
    private static final String FILE = "acknowledged";

    /** What was kept last; the very beginning where nothing readable is: sent twice is harmless. */
    static SpoolPosition read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        String kept = Files.exists(file) ? Files.readString(file, StandardCharsets.US_ASCII) : "";
        Matcher form = FORM.matcher(kept);
        return form.matches()
                ? new SpoolPosition(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)))
                : new SpoolPosition(0, 0);
    }

    void write(Path directory) throws IOException {
        Path aside = directory.resolve(FILE + ".tmp");
        Files.writeString(aside, segment + " " + offset + "\n", StandardCharsets.US_ASCII);
        Files.move(aside, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }
}
