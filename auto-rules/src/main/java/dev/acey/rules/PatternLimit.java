package dev.acey.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Compiles a regular expression (RE2 syntax, linear time) within bounds. Nested counted repeats
 * multiply ({@code ((a{1000}){1000}){1000}}), so the size is estimated before it is compiled.
 */
public final class PatternLimit {
    private final String pattern;
    private final Deque<Long> groups = new ArrayDeque<>();
    private long size;
    private long lastAtom;

    private PatternLimit(String pattern) {
        this.pattern = pattern;
    }

    /**
     * The pattern, of at most {@value Limits#MAX_PATTERN} characters and {@value
     * Limits#MAX_PATTERN_PROGRAM} instructions.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Pattern compile(String pattern) {
        if (pattern.length() > Limits.MAX_PATTERN) {
            throw new IllegalArgumentException(
                    "a regular expression must not be longer than "
                            + Limits.MAX_PATTERN
                            + " characters");
        }
        if (new PatternLimit(pattern).estimate() > Limits.MAX_PATTERN_PROGRAM) {
            throw tooLarge();
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.programSize() > Limits.MAX_PATTERN_PROGRAM) {
                throw tooLarge();
            }
            return compiled;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression: "
                            + e.getDescription()
                            + " in "
                            + Quote.shorten(pattern),
                    e);
        }
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException(
                "the regular expression repeats too much; it must not need more than "
                        + Limits.MAX_PATTERN_PROGRAM
                        + " instructions");
    }

    /** How often atoms are repeated in all; what is not well formed is left to the compiler. */
    private long estimate() {
        for (int i = 0; i < pattern.length(); i++) {
            switch (pattern.charAt(i)) {
                case '\\' -> {
                    i++;
                    atom(1);
                }
                case '[' -> {
                    i = endOfClass(i);
                    atom(1);
                }
                case '(' -> {
                    groups.push(size);
                    size = 0;
                }
                case ')' -> {
                    long inside = size + 1;
                    size = groups.isEmpty() ? 0 : groups.pop();
                    atom(inside);
                }
                case '{' -> repeat(i);
                default -> atom(1);
            }
            if (size > Limits.MAX_PATTERN_PROGRAM) {
                return size;
            }
        }
        return size;
    }

    private void atom(long atomSize) {
        lastAtom = atomSize;
        size += atomSize;
    }

    private void repeat(int open) {
        int i = open + 1;
        long most = 0;
        long count = 0;
        while (i < pattern.length()
                && (Text.isDigit(pattern.charAt(i)) || pattern.charAt(i) == ',')) {
            count =
                    pattern.charAt(i) == ','
                            ? 0
                            : Math.min(count * 10 + pattern.charAt(i) - '0', 1_000_000);
            most = Math.max(most, count);
            i++;
        }
        if (most > 1) {
            size += lastAtom * (most - 1);
            lastAtom *= most;
        }
    }

    private int endOfClass(int open) {
        int i = open + 1;
        if (i < pattern.length() && pattern.charAt(i) == '^') {
            i++;
        }
        if (i < pattern.length() && pattern.charAt(i) == ']') {
            i++;
        }
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            boolean named = pattern.startsWith("[:", i);
            int end = named ? pattern.indexOf(":]", i) : -1;
            i = end > 0 ? end + 2 : i + (pattern.charAt(i) == '\\' ? 2 : 1);
        }
        return i;
    }
}
