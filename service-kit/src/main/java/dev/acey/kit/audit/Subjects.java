package dev.acey.kit.audit;

import dev.acey.kit.token.KeyedHash;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * What a record says instead of a name that may be a person's. Rows are never deleted, so that they
 * must not hold what somebody has a right to have erased; who knows the name finds its rows.
 */
@Singleton
public class Subjects {

    private static final String USER = "user:";
    private static final String CHANNEL = "channel:";

    private final KeyedHash hash;

    Subjects(KeyedHash hash) {
        this.hash = hash;
    }

    /** A person, by the keyed hash that stands beside that person's log entries. */
    public String user(String name) {
        return USER + hash.person(name);
    }

    /** A channel: many are named after the person whose they are. */
    public String channel(String name) {
        return CHANNEL + hash.of("audit-channel", name);
    }

    /** The subject as given, and what rows say instead where it holds a name. */
    public List<String> spellings(String subject) {
        if (subject.startsWith(USER)) {
            return List.of(subject, user(subject.substring(USER.length())));
        }
        return subject.startsWith(CHANNEL)
                ? List.of(subject, channel(subject.substring(CHANNEL.length())))
                : List.of(subject);
    }
}
