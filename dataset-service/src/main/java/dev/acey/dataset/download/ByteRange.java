package dev.acey.dataset.download;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file, as RFC 9110 section 14 has it.
 *
 * @param from its first byte, counted from 0
 * @param length at least 1, or 0 for a range that lies beyond the file
 */
record ByteRange(long from, long length) {

    private static final Pattern ONE_RANGE = Pattern.compile("bytes=\\s*(\\d*)\\s*-\\s*(\\d*)\\s*");
    private static final int MOST_DIGITS = 18;

    /**
     * The one range a header asks for. Empty, which means the whole file, when there is no header,
     * when it is none we understand, and when it asks for several ranges: a server may ignore it.
     */
    static Optional<ByteRange> of(String header, long size) {
        Matcher matcher = header == null ? null : ONE_RANGE.matcher(header);
        if (matcher == null || !matcher.matches()) {
            return Optional.empty();
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.length() > MOST_DIGITS || last.length() > MOST_DIGITS) {
            return Optional.empty();
        }
        if (first.isEmpty()) {
            return last.isEmpty() ? Optional.empty() : Optional.of(end(Long.parseLong(last), size));
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return Optional.empty();
        }
        return Optional.of(
                from >= size ? new ByteRange(size, 0) : new ByteRange(from, to - from + 1));
    }

    boolean isSatisfiable() {
        return length > 0;
    }

    /** The value of {@code Content-Range}. */
    String contentRange(long size) {
        return isSatisfiable()
                ? "bytes " + from + "-" + (from + length - 1) + "/" + size
                : "bytes */" + size;
    }

    private static ByteRange end(long bytes, long size) {
        long length = Math.min(bytes, size);
        return new ByteRange(size - length, length);
    }
}
