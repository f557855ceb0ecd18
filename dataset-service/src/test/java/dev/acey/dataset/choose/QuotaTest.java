package dev.acey.dataset.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QuotaTest {

    @Property
    void neverMoreThanThereIsNorThanIsAllowed(
            @ForAll @IntRange(max = 5_000) int reviewed,
            @ForAll @IntRange(max = 5_000) int unreviewed,
            @ForAll @DoubleRange(min = 0, max = 1) double share,
            @ForAll @IntRange(min = 1, max = 12_000) int most) {
        Quota quota = Quota.of(reviewed, unreviewed, share, most);

        assertTrue(quota.reviewed() >= 0 && quota.reviewed() <= reviewed);
        assertTrue(quota.unreviewed() >= 0 && quota.unreviewed() <= unreviewed);
        long all = quota.reviewed() + quota.unreviewed();
        assertTrue(all <= most);
        assertTrue(quota.unreviewed() <= share * all + 1e-6);
    }

    @Property
    void oneMoreWouldBeTooMany(
            @ForAll @IntRange(max = 5_000) int reviewed,
            @ForAll @IntRange(max = 5_000) int unreviewed,
            @ForAll @DoubleRange(min = 0, max = 0.99) double share) {
        Quota quota = Quota.of(reviewed, unreviewed, share, Integer.MAX_VALUE);

        assertEquals(reviewed, quota.reviewed());
        long next = quota.unreviewed() + 1;
        assertTrue(next > unreviewed || next > share * (reviewed + next) - 1e-6);
    }

    @Test
    void theMixtureStaysAsItIsUnderTheLimit() {
        assertEquals(new Quota(25, 75), Quota.of(100, 300, 1, 100));
        assertEquals(new Quota(50, 50), Quota.of(100, 300, 0.5, 100));
        assertEquals(new Quota(100, 0), Quota.of(100, 300, 0, 500));
        assertEquals(new Quota(0, 0), Quota.of(0, 300, 0.9, 500));
    }
}
