package dev.acey.rollout.rules;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.hibernate.reactive.mutiny.Mutiny;

/** Which rule set is active by the database, whatever this replica has followed so far. */
@Singleton
public class ActiveHash {

    /** Within the caller's transaction; null where none ever was. */
    public Uni<String> in(Mutiny.Session session) {
        return session.createNativeQuery(
                        "SELECT hash FROM rule_activation ORDER BY version DESC LIMIT 1",
                        String.class)
                .getSingleResultOrNull();
    }
}
