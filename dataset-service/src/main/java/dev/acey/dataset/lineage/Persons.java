package dev.acey.dataset.lineage;

import dev.acey.kit.token.KeyedHash;
import jakarta.inject.Singleton;

/** Persons as they stand beside a dataset: recognisable to whoever has the key, unnamed. */
@Singleton
public class Persons {

    /** The hash of no person. */
    public static final long NOBODY = 0;

    private static final String PURPOSE = "dataset-person";
    private static final int SIXTY_FOUR_BITS = 16;

    private final KeyedHash hash;

    Persons(KeyedHash hash) {
        this.hash = hash;
    }

    /**
     * 64 bits of a keyed hash.
     *
     * @param user null for nobody
     */
    public long hash(String user) {
        return user == null
                ? NOBODY
                : Long.parseUnsignedLong(hash.of(PURPOSE, user), 0, SIXTY_FOUR_BITS, 16);
    }
}
