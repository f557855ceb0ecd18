package dev.acey.gateway.proxy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the path of a request target as sent, undecoded, and refuses every spelling that a service
 * might understand as another path than the gateway did: dot segments, empty segments, parameters
 * after a semicolon, backslashes, and their percent-encoded forms.
 */
final class Target {

    /** Visible ASCII without what RFC 3986 has no place for in a path. */
    private static final Pattern PLAIN = Pattern.compile("/[!$%&-:=@-Z_a-z~]*");

    private static final Pattern ENCODED =
            Pattern.compile("%(?![0-9a-f]{2})|%(2e|2f|5c|3b|7f|[01].)");

    /** Below it stands the name of a person, in which any character may be encoded but a dot. */
    private static final String PERSON = "/api/subjects/";

    private static final Pattern ENCODED_IN_NAME = Pattern.compile("%(?![0-9a-f]{2})|%2e");

    private Target() {}

    /** The path, without the query; empty if it is to be refused. */
    static Optional<String> pathOf(String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        return isHarmless(path) ? Optional.of(path) : Optional.empty();
    }

    private static boolean isHarmless(String path) {
        if (path.indexOf('%') >= 0
                && tricksOf(path).matcher(path.toLowerCase(Locale.ROOT)).find()) {
            return false;
        }
        return !path.contains("//")
                && !path.contains("/./")
                && !path.contains("/../")
                && !path.endsWith("/.")
                && !path.endsWith("/..")
                && PLAIN.matcher(path).matches();
    }

    private static Pattern tricksOf(String path) {
        boolean name = path.startsWith(PERSON) && path.indexOf('/', PERSON.length()) < 0;
        return name ? ENCODED_IN_NAME : ENCODED;
    }
}
