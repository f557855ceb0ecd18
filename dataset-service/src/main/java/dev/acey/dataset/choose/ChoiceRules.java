package dev.acey.dataset.choose;

/**
 * What is chosen.
 *
 * @param deduplicate whether of exact and near duplicates only the best stays
 * @param nearDuplicateThreshold how alike two texts are that are near duplicates, within 0.3 and 1;
 *     NaN where they are not looked for
 * @param maxUnreviewedShare of the examples, within 0 and 1, that no person has reviewed
 * @param maxExamples at least 1
 * @param shares of the split
 * @param seed of what is drawn by chance
 */
public record ChoiceRules(
        boolean deduplicate,
        double nearDuplicateThreshold,
        double maxUnreviewedShare,
        long maxExamples,
        Shares shares,
        long seed) {

    /** Whether texts have to be compared: to drop near duplicates, or to keep them together. */
    public boolean comparesTexts() {
        return !Double.isNaN(nearDuplicateThreshold) && (deduplicate || shares.divide());
    }
}
