package dev.acey.rollout.route;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.acey.rollout.flag.FlagSettings;
import java.nio.charset.StandardCharsets;

/**
 * Sorts keys into 10,000 buckets of one basis point each: murmur3_32 with seed 0 of {@code
 * salt:key} in UTF-8, read as an unsigned number, modulo 10,000.
 */
public final class Buckets {

    /** Not {@code murmur3_32}, whose hashes of characters beyond the BMP are not those of UTF-8. */
    private static final HashFunction MURMUR = Hashing.murmur3_32_fixed(0);

    private Buckets() {}

    /** The key's bucket, 0 to 9,999. The first buckets are a candidate's, as many as its weight. */
    public static int of(String salt, String key) {
        int hash = MURMUR.hashString(salt + ":" + key, StandardCharsets.UTF_8).asInt();
        return Integer.remainderUnsigned(hash, FlagSettings.WHOLE);
    }
}
