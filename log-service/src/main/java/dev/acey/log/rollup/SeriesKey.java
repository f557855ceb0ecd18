package dev.acey.log.rollup;

/**
 * What an entry is counted under.
 *
 * @param variant baseline, candidate, or empty outside of a route
 * @param model empty when unknown
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
                model == null ? "" : model,
                rolloutId == null ? "" : rolloutId,
                stage == null ? -1 : stage);
    }

    /** What it is counted under when there are too many: without what clients can make up. */
    SeriesKey rest() {
        return new SeriesKey(REST, environment, variant, REST, rolloutId, stage);
    }
}
