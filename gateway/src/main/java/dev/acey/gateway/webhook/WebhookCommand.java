package dev.acey.gateway.webhook;

import dev.acey.gateway.events.EventFilter;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A webhook to be made.
 *
 * @param url where to call: http or https, without user and fragment, at most 2000 characters
 * @param events names of events, such as {@code alert.firing}, or beginnings with a star at their
 *     end, such as {@code alert.*}
 * @param secret {@code whsec_} and the base64 of 24 to 64 bytes; made unless given
 */
@RegisterForReflection
public record WebhookCommand(String url, List<String> events, String secret) {

    private static final int LONGEST_URL = 2_000;

    /** 400 for what cannot be called. */
    URI target() {
        if (url == null) {
            throw ProblemException.invalid("/url", "is required");
        }
        try {
            URI uri = new URI(url);
            boolean callable =
                    url.length() <= LONGEST_URL
                            && uri.getScheme() != null
                            && Set.of("http", "https")
                                    .contains(uri.getScheme().toLowerCase(Locale.ROOT))
                            && uri.getHost() != null
                            && uri.getPort() != 0
                            && uri.getPort() <= 65_535
                            && uri.getRawUserInfo() == null
                            && uri.getRawFragment() == null
                            && url.chars().allMatch(c -> c > ' ' && c < 0x7f);
            if (callable) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw notCallable();
        }
        throw notCallable();
    }

    EventFilter filter() {
        return EventFilter.of(events, "/events");
    }

    /** Without the secret, so that no log line can tell it. */
    @Override
    public String toString() {
        return "WebhookCommand[url=" + url + ", events=" + events + "]";
    }

    private static ProblemException notCallable() {
        return ProblemException.invalid(
                "/url",
                "must be an http or https URL of at most "
                        + LONGEST_URL
                        + " characters, without user and fragment");
    }
}
