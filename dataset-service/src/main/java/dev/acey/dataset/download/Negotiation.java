package dev.acey.dataset.download;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client may have of a file, by its request's headers (RFC 9110). The validator is the
 * file's SHA-256, with a suffix for each other form of it. Ranges are given of the plain file only.
 *
 * @param etag of the form that is given, quoted
 * @param unchanged whether the client has it already
 * @param gzip whether it is compressed
 * @param range the part to give; empty for the whole
 */
record Negotiation(String etag, boolean unchanged, boolean gzip, Optional<ByteRange> range) {

    static Negotiation of(HttpHeaders headers, String sha256, long bytes, boolean metadata) {
        String plain = "\"" + sha256 + "\"";
        Optional<ByteRange> range =
                metadata || !ifRangeHolds(headers.getHeaderString("If-Range"), plain)
                        ? Optional.empty()
                        : ByteRange.of(headers.getHeaderString("Range"), bytes);
        boolean gzip = range.isEmpty() && takesGzip(headers.getHeaderString("Accept-Encoding"));
        String etag = "\"" + sha256 + (metadata ? "-metadata" : "") + (gzip ? "-gzip" : "") + "\"";
        boolean unchanged = matches(headers.getHeaderString("If-None-Match"), etag);
        return new Negotiation(etag, unchanged, gzip, range);
    }

    /** {@code If-Range} compares strongly: a date, which we give none of, never holds. */
    private static boolean ifRangeHolds(String header, String etag) {
        return header == null || header.strip().equals(etag);
    }

    /** {@code If-None-Match} compares weakly. */
    private static boolean matches(String header, String etag) {
        return header != null
                && Arrays.stream(header.split(",", -1))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }

    /** A coding that is not named is not asked for; {@code *} names all. */
    private static boolean takesGzip(String header) {
        if (header == null) {
            return false;
        }
        Boolean any = null;
        for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] coding = part.split(";", 2);
            boolean wanted = coding.length < 2 || !coding[1].matches("\\s*q\\s*=\\s*0(\\.0*)?\\s*");
            if (coding[0].strip().matches("(x-)?gzip")) {
                return wanted;
            }
            if (coding[0].strip().equals("*")) {
                any = wanted;
            }
        }
        return Boolean.TRUE.equals(any);
    }
}
