package dev.acey.dataset.validate;

import dev.acey.kit.problem.FieldError;
import dev.acey.kit.task.Format;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a check of a file came to.
 *
 * @param valid whether every line is right, and there is one
 * @param invalid lines that are not
 * @param errors of the first of these, at most 100
 */
@RegisterForReflection
public record Validation(
        Format format, boolean valid, long lines, long invalid, List<LineError> errors) {

    private static final int SHOWN = 100;
    private static final int LONGEST = 16 << 20;

    /**
     * A reason.
     *
     * @param line counts from 1
     * @param pointer to the place in the line, a JSON Pointer
     */
    @RegisterForReflection
    public record LineError(long line, String pointer, String detail) {}

    /** Reads a file line by line; memory holds one of them. Blocks. */
    static Validation of(InputStream file, Format format) throws IOException {
        InputStream in = new BufferedInputStream(file, 64 * 1024);
        List<LineError> errors = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long lines = 0;
        long invalid = 0;
        boolean open = false;
        int b;
        do {
            b = in.read();
            if (b == '\n' || (b < 0 && open)) {
                lines++;
                List<FieldError> found = check(line, format);
                invalid += found.isEmpty() ? 0 : 1;
                tell(lines, found, errors);
                line.reset();
                open = false;
            } else if (b >= 0) {
                open = true;
                if (line.size() <= LONGEST) {
                    line.write(b);
                }
            }
        } while (b >= 0);
        return new Validation(format, invalid == 0 && lines > 0, lines, invalid, errors);
    }

    private static void tell(long line, List<FieldError> found, List<LineError> errors) {
        for (FieldError error : found) {
            if (errors.size() < SHOWN) {
                errors.add(new LineError(line, error.pointer(), error.detail()));
            }
        }
    }

    private static List<FieldError> check(ByteArrayOutputStream line, Format format) {
        return line.size() > LONGEST
                ? List.of(new FieldError("", "is longer than " + LONGEST + " bytes"))
                : LineCheck.of(line.toByteArray(), format);
    }
}
