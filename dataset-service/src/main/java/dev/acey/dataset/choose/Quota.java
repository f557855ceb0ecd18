package dev.acey.dataset.choose;

/**
 * How many examples may be kept.
 *
 * @param reviewed of those that a person reviewed
 * @param unreviewed of the others
 */
record Quota(long reviewed, long unreviewed) {

    /**
     * As many as there are, with at most a share of unreviewed ones, and at most so many in all.
     * Where the limit takes some away, the mixture stays as it was.
     *
     * @param maxUnreviewedShare within 0 and 1
     */
    static Quota of(long reviewed, long unreviewed, double maxUnreviewedShare, long maxExamples) {
        long capped = unreviewed;
        if (maxUnreviewedShare < 1) {
            double most = Math.floor(reviewed * maxUnreviewedShare / (1 - maxUnreviewedShare));
            capped = (long) Math.min(unreviewed, most);
            while (capped > 0 && capped > maxUnreviewedShare * (reviewed + capped)) {
                capped--;
            }
        }
        long all = reviewed + capped;
        if (all <= maxExamples) {
            return new Quota(reviewed, capped);
        }
        long kept = maxExamples * capped / all;
        return new Quota(maxExamples - kept, kept);
    }
}
