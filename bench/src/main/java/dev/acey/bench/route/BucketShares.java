package dev.acey.bench.route;

import dev.acey.rollout.route.Buckets;

/**
 * Over a million keys: the candidate's share at each weight, keys that fall back while the weight
 * grows, and whether two rollouts split independently. Ends with 1 when a figure is further from
 * its expectation than chance explains once in ten thousand runs.
 */
public final class BucketShares {

    private static final int KEYS = 1_000_000;
    private static final int WHOLE = 10_000;
    private static final int TENTHS = 10;
    private static final int[] WEIGHTS = {
        1, 10, 100, 500, 1_000, 2_500, 5_000, 7_500, 9_000, 9_900, 9_999
    };

    /** Standard deviations; two-sided, one in ten thousand for each of some twenty figures. */
    private static final double SURPRISE = 4.6;

    private boolean surprised;

    private BucketShares() {}

    /** Takes a few seconds, and no arguments. */
    public static void main(String[] arguments) {
        BucketShares report = new BucketShares();
        report.run();
        System.exit(report.surprised ? 1 : 0);
    }

    private void run() {
        int[] one = buckets("rollout-one");
        long begun = System.nanoTime();
        int[] other = buckets("rollout-two");
        System.out.printf("%,d keys, %d ns each%n%n", KEYS, (System.nanoTime() - begun) / KEYS);
        shares(one);
        System.out.printf("%nkeys that fell back while the weight grew: %d%n", fallenBack());
        judge("χ² of the buckets, 9,999 degrees of freedom", uniformity(one), WHOLE - 1);
        judge(
                "χ² of two rollouts by tenths, 81 degrees of freedom",
                independence(one, other),
                (TENTHS - 1) * (TENTHS - 1));
    }

    private static int[] buckets(String salt) {
        int[] buckets = new int[KEYS];
        for (int i = 0; i < KEYS; i++) {
            buckets[i] = Buckets.of(salt, "user-" + i);
        }
        return buckets;
    }

    private void shares(int[] buckets) {
        System.out.println("weight   candidates   expected   standard deviations");
        for (int weight : WEIGHTS) {
            long candidates = 0;
            for (int bucket : buckets) {
                candidates += bucket < weight ? 1 : 0;
            }
            double share = (double) weight / WHOLE;
            double off = (candidates - KEYS * share) / Math.sqrt(KEYS * share * (1 - share));
            System.out.printf("%6d %,12d %,10.0f %10.2f%n", weight, candidates, KEYS * share, off);
            surprised |= Math.abs(off) > SURPRISE;
        }
    }

    /** Decides each key anew at each weight, as a service that was started in between would. */
    private long fallenBack() {
        long fallen = 0;
        for (int i = 0; i < KEYS; i++) {
            boolean candidate = false;
            for (int weight : WEIGHTS) {
                boolean now = Buckets.of("rollout-one", "user-" + i) < weight;
                fallen += candidate && !now ? 1 : 0;
                candidate = now;
            }
        }
        surprised |= fallen > 0;
        return fallen;
    }

    private static double uniformity(int[] buckets) {
        long[] counts = new long[WHOLE];
        for (int bucket : buckets) {
            counts[bucket]++;
        }
        double expected = (double) KEYS / WHOLE;
        double sum = 0;
        for (long count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    private static double independence(int[] one, int[] other) {
        long[][] counts = new long[TENTHS][TENTHS];
        long[] ofOne = new long[TENTHS];
        long[] ofOther = new long[TENTHS];
        for (int i = 0; i < KEYS; i++) {
            int row = one[i] * TENTHS / WHOLE;
            int column = other[i] * TENTHS / WHOLE;
            counts[row][column]++;
            ofOne[row]++;
            ofOther[column]++;
        }
        double sum = 0;
        for (int row = 0; row < TENTHS; row++) {
            for (int column = 0; column < TENTHS; column++) {
                double expected = (double) ofOne[row] * ofOther[column] / KEYS;
                double off = counts[row][column] - expected;
                sum += off * off / expected;
            }
        }
        return sum;
    }

    private void judge(String what, double chiSquare, int degrees) {
        double off = (chiSquare - degrees) / Math.sqrt(2.0 * degrees);
        System.out.printf("%s: %.1f (%.2f standard deviations)%n", what, chiSquare, off);
        surprised |= Math.abs(off) > SURPRISE;
    }
}
