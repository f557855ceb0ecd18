package dev.acey.bench.guard;

import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Two charts over the candidate's true error rate, where the baseline has 1 %: the share of
 * rollouts rolled back, and the candidate's calls until then, guard and fixed threshold.
 */
final class Plot {

    private static final double[] RATES = {0.01, 0.015, 0.03, 0.04, 0.05, 0.1, 0.3};
    private static final String GUARD = "#0b6e4f";
    private static final String FIXED = "#b5541c";
    private static final int LEFT = 60;
    private static final int WIDTH = 360;
    private static final int HEIGHT = 240;
    private static final int GAP = 80;
    private static final int TOP = 50;
    private static final double MOST_CALLS = 10_000;

    private final Map<String, Result> results;
    private final StringBuilder svg = new StringBuilder();

    Plot(Map<String, Result> results) {
        this.results = results;
    }

    String svg() {
        int second = LEFT + WIDTH + GAP;
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                """
                        .formatted(second + WIDTH + 30, TOP + HEIGHT + 60));
        axes(LEFT, "rollouts rolled back");
        for (double share = 0; share <= 1; share += 0.25) {
            tick(LEFT, share, Math.round(100 * share) + " %");
        }
        line(LEFT, GUARD, "", result -> result.share(result.rolledBack()));
        line(LEFT, FIXED, "", Result::fixedRolledBack);
        axes(second, "candidate's calls until the roll-back (median; dashed: 90 %)");
        for (double calls = 1; calls <= MOST_CALLS; calls *= 10) {
            tick(second, height(calls), String.valueOf(Math.round(calls)));
        }
        line(second, GUARD, "", result -> height(result.callsToRollBack()));
        line(second, GUARD, "4 3", result -> height(result.mostToRollBack()));
        line(second, FIXED, "", result -> height(result.fixedCalls()));
        text(LEFT, 20, "start", GUARD, "guard");
        text(LEFT + 60, 20, "start", FIXED, "fixed threshold of 5 %, failure limit 3");
        return svg.append("</svg>\n").toString();
    }

    private void axes(int left, String title) {
        text(left, TOP - 10, "start", "#222222", title);
        svg.append(
                "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#222222\"/>%n"
                        .formatted(left, TOP, TOP + HEIGHT, left + WIDTH));
        for (double rate : RATES) {
            text(
                    x(left, rate),
                    TOP + HEIGHT + 18,
                    "middle",
                    "#222222",
                    rate == 0.015 ? "" : String.valueOf(Math.round(100 * rate)));
        }
        text(
                left + WIDTH / 2.0,
                TOP + HEIGHT + 38,
                "middle",
                "#222222",
                "candidate's error rate, % (baseline 1 %)");
    }

    private void tick(int left, double height, String label) {
        double y = TOP + HEIGHT * (1 - height);
        text(left - 6, y + 4, "end", "#222222", label);
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<path d=\"M%d %.1fh%d\" stroke=\"#dddddd\"/>%n",
                        left,
                        y,
                        WIDTH));
    }

    private void line(int left, String colour, String dashes, ToDoubleFunction<Result> heightOf) {
        StringBuilder path = new StringBuilder();
        for (double rate : RATES) {
            Result result = results.get(rate == 0.01 ? "equal" : Cells.errors(rate));
            double height = result == null ? -1 : heightOf.applyAsDouble(result);
            if (height < 0) {
                continue;
            }
            double x = x(left, rate);
            double y = TOP + HEIGHT * (1 - height);
            path.append(
                    String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x, y));
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
                            x,
                            y,
                            colour));
        }
        svg.append(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>%n"
                        .formatted(path, colour, dashes));
    }

    private void text(double x, double y, String anchor, String colour, String text) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                        x,
                        y,
                        anchor,
                        colour,
                        text));
    }

    /** On a logarithmic axis; -1 where there is nothing to show. */
    private static double height(double calls) {
        return calls < 1 ? -1 : Math.log(calls) / Math.log(MOST_CALLS);
    }

    private static double x(int left, double rate) {
        double span = Math.log(RATES[RATES.length - 1] / RATES[0]);
        return left + 15 + (WIDTH - 30) * Math.log(rate / RATES[0]) / span;
    }
}
