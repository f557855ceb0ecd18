package dev.acey.log.rollup;

/**
 * What an entry is counted under.
 *
 * @param variant baseline, candidate, or empty outside of a route
 * @param model empty when unknown; only its first 256 characters tell it from others
 * @param rolloutId empty outside of a rollout
 * @param stage counted from 0; -1 outside of a rollout
 */
public record SeriesKey(
        String taskType,
        String environment,
        String variant,
        String model,
        String rolloutId,
        int stage) {

    private static final String REST = "(other)";
    private static final int LONGEST = 256;

    /** Takes null for what there is not. */
    public static SeriesKey of(
            String taskType,
            String environment,
            String variant,
            String model,
            String rolloutId,
            Integer stage) {
        return new SeriesKey(
                taskType,
                environment,
                variant == null ? "" : variant,
                model == null ? "" : cut(model),
                rolloutId == null ? "" : cut(rolloutId),
                stage == null ? -1 : stage);
    }

    /** No longer than an index can hold, and no half of a character at the end. */
    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        boolean half = Character.isHighSurrogate(text.charAt(LONGEST - 1));
        return text.substring(0, half ? LONGEST - 1 : LONGEST);
    }

    /** What it is counted under when there are too many: without what clients can make up. */
    SeriesKey rest() {
        return new SeriesKey(REST, environment, variant, REST, rolloutId, stage);
    }
}
