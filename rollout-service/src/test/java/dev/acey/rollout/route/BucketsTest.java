package dev.acey.rollout.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.apache.commons.codec.digest.MurmurHash3;

class BucketsTest {

    private static final int KEYS = 20_000;

    /** Beyond six and a half standard deviations: less than once in ten billion. */
    private static final double SURPRISE = 6.5;

    /** Its hashes with seed 0 are published; two of these have the highest bit set. */
    @Example
    void theReferenceGivesThePublishedHashes() {
        assertEquals(0, hash(""));
        assertEquals(0xba6bd213, hash("test"));
        assertEquals(0xc0363e43, hash("Hello, world!"));
        assertEquals(0x2e4ff723, hash("The quick brown fox jumps over the lazy dog"));
    }

    @Property
    void aBucketIsTheUnsignedHashModuloTenThousand(@ForAll String salt, @ForAll String key) {
        long unsigned = Integer.toUnsignedLong(hash(salt + ":" + key));
        assertEquals(unsigned % 10_000, Buckets.of(salt, key));
    }

    @Example
    void charactersBeyondTheBasicPlaneHashAsTheirUtf8() {
        assertEquals(
                Integer.toUnsignedLong(hash("salt:\uD83D\uDE00é")) % 10_000,
                Buckets.of("salt", "\uD83D\uDE00é"));
    }

    @Property(tries = 30)
    void theShareOfKeysIsTheWeight(
            @ForAll @AlphaChars @StringLength(min = 1, max = 40) String salt,
            @ForAll @IntRange(min = 100, max = 9_900) int weight) {
        double share = weight / 10_000.0;
        long candidates = keys().filter(key -> Buckets.of(salt, "user-" + key) < weight).count();
        double deviation = Math.sqrt(KEYS * share * (1 - share));
        assertTrue(
                Math.abs(candidates - KEYS * share) < SURPRISE * deviation,
                () -> candidates + " of " + KEYS + " keys at weight " + weight);
    }

    /** χ² with one degree of freedom, over keys that are in the candidates of one, both, none. */
    @Property(tries = 30)
    void twoSaltsSplitIndependently(
            @ForAll @AlphaChars @StringLength(min = 1, max = 40) String one,
            @ForAll @AlphaChars @StringLength(min = 1, max = 40) String other,
            @ForAll @IntRange(min = 1_000, max = 9_000) int weightOfOne,
            @ForAll @IntRange(min = 1_000, max = 9_000) int weightOfOther) {
        Assume.that(!one.equals(other));
        double[][] counts = new double[2][2];
        keys().forEach(
                        key ->
                                counts[Buckets.of(one, "user-" + key) < weightOfOne ? 1 : 0][
                                        Buckets.of(other, "user-" + key) < weightOfOther
                                                ? 1
                                                : 0]++);
        double inOne = counts[1][0] + counts[1][1];
        double inOther = counts[0][1] + counts[1][1];
        double difference = counts[0][0] * counts[1][1] - counts[0][1] * counts[1][0];
        double chiSquare =
                KEYS
                        * difference
                        * difference
                        / (inOne * (KEYS - inOne) * inOther * (KEYS - inOther));
        assertTrue(chiSquare < SURPRISE * SURPRISE, () -> "χ² is " + chiSquare);
    }

    private static IntStream keys() {
        return IntStream.range(0, KEYS);
    }

    private static int hash(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return MurmurHash3.hash32x86(utf8, 0, utf8.length, 0);
    }
}
