package dev.acey.bench.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** The rollouts that are simulated. */
final class Cells {

    private static final Rates USUAL = Rates.USUAL;
    private static final int USERS = 5_000;

    private Cells() {}

    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of("equal", steady(USUAL, USUAL)));
        cells.add(Cell.withFeedback("equal, accuracy gated", 0.02, steady(USUAL, USUAL)));
        cells.add(Cell.of("equal, errors drift 1 to 3 %", drift(tick -> 0.01 + 0.02 * tick / 200)));
        cells.add(
                Cell.of(
                        "equal, errors swing 1 to 4 %",
                        drift(tick -> 0.025 - 0.015 * Math.cos(tick / 12.0))));
        cells.add(
                Cell.of("equal, errors follow the weight", byStage(0.04, 0.03, 0.02, 0.01, 0.005)));
        cells.add(sticky("equal, sticky users", USUAL, true));
        cells.add(sticky("equal, sticky users, every call counted", USUAL, false));
        for (double error : new double[] {0.015, 0.03, 0.04, 0.05, 0.1, 0.3}) {
            cells.add(Cell.of(errors(error), steady(USUAL, USUAL.error(error))));
        }
        cells.add(sticky("sticky users, errors 1 to 10 %", USUAL.error(0.1), true));
        cells.add(Cell.of("rejections 5 to 8 %", steady(USUAL, USUAL.rejection(0.08))));
        cells.add(Cell.of("slow calls 2 to 4 %", steady(USUAL, USUAL.slow(0.04))));
        cells.add(Cell.of("confidence 0.75 to 0.65", steady(USUAL, USUAL.confidence(0.65))));
        cells.add(
                Cell.withFeedback(
                        "negative feedback 15 to 25 %",
                        0.02, steady(USUAL, USUAL.inaccuracy(0.25))));
        cells.add(Cell.of("both arms at 4 % errors", steady(USUAL.error(0.04), USUAL.error(0.04))));
        cells.add(Cell.of("both arms at 10 % errors", steady(USUAL.error(0.1), USUAL.error(0.1))));
        cells.add(turning("errors 1 to 10 % at the last stage", 0.1));
        cells.add(turning("errors 1 to 30 % at the last stage", 0.3));
        return cells;
    }

    /** The cell of a candidate with this error rate, where the baseline has 1 %. */
    static String errors(double rate) {
        return "errors 1 to %s %%".formatted(rate == 0.015 ? "1.5" : Math.round(100 * rate));
    }

    private static Cell sticky(String name, Rates candidate, boolean keyed) {
        return new Cell(
                name,
                false,
                false,
                null,
                random -> new StickyUsers(USERS, USUAL, candidate, keyed, random));
    }

    private static Cell turning(String name, double error) {
        Traffic.Weather weather =
                new Traffic.Weather() {
                    @Override
                    public Rates baseline(int stage, int tick) {
                        return USUAL;
                    }

                    @Override
                    public Rates candidate(int stage, int tick) {
                        return stage == RolloutRun.PLAN.size() - 1 ? USUAL.error(error) : USUAL;
                    }
                };
        return new Cell(name, false, true, null, random -> new SingleCalls(weather, 0, 1, random));
    }

    private static Traffic.Weather steady(Rates baseline, Rates candidate) {
        return new Traffic.Weather() {
            @Override
            public Rates baseline(int stage, int tick) {
                return baseline;
            }

            @Override
            public Rates candidate(int stage, int tick) {
                return candidate;
            }
        };
    }

    private static Traffic.Weather drift(IntToDoubleFunction errors) {
        return same((stage, tick) -> USUAL.error(Math.min(0.045, errors.applyAsDouble(tick))));
    }

    private static Traffic.Weather byStage(double... errors) {
        return same((stage, tick) -> USUAL.error(errors[stage]));
    }

    private static Traffic.Weather same(Both both) {
        return new Traffic.Weather() {
            @Override
            public Rates baseline(int stage, int tick) {
                return both.rates(stage, tick);
            }

            @Override
            public Rates candidate(int stage, int tick) {
                return both.rates(stage, tick);
            }
        };
    }

    private interface Both {

        Rates rates(int stage, int tick);
    }
}
