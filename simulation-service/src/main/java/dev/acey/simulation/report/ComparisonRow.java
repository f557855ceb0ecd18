package dev.acey.simulation.report;

import dev.acey.simulation.statistics.Interval;
import dev.acey.simulation.verdict.ModelComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One figure of both models, set for the page. */
public record ComparisonRow(
        String name,
        String baseline,
        String candidate,
        String difference,
        String interval,
        String pValue,
        String adjustedPValue,
        String effectSize,
        Integer prompts,
        Chart chart) {

    private static final double LEAST_SCALE = 0.05;

    /**
     * The rows there are data for. Rates and confidence share a scale; milliseconds have theirs.
     */
    static List<ComparisonRow> of(ModelComparison all) {
        double scale =
                Stream.of(
                                all.rejectionRate().interval(),
                                all.approvalRate() == null ? null : all.approvalRate().interval(),
                                all.confidence().interval())
                        .filter(interval -> interval != null)
                        .mapToDouble(ComparisonRow::reach)
                        .reduce(LEAST_SCALE, Math::max);
        List<ComparisonRow> rows = new ArrayList<>();
        rate("rejected outputs", all.rejectionRate(), scale, rows);
        rate("approved outputs", all.approvalRate(), scale, rows);
        mean("mean confidence", all.confidence(), 3, scale, rows);
        mean("response time in ms", all.responseTime(), 0, 0, rows);
        return List.copyOf(rows);
    }

    private static void rate(
            String name, ModelComparison.Rate rate, double scale, List<ComparisonRow> rows) {
        if (rate == null || rate.prompts() == null) {
            return;
        }
        String difference = Numbers.points(rate.difference());
        String interval = Numbers.points(rate.interval());
        rows.add(
                new ComparisonRow(
                        name,
                        Numbers.percent(rate.baseline()),
                        Numbers.percent(rate.candidate()),
                        difference,
                        interval,
                        Numbers.pValue(rate.pValue()),
                        Numbers.pValue(rate.adjustedPValue()),
                        Numbers.signed(rate.effectSize(), 2),
                        rate.prompts(),
                        chart(
                                name,
                                rate.difference(),
                                rate.interval(),
                                scale,
                                difference,
                                interval)));
    }

    private static void mean(
            String name,
            ModelComparison.Mean mean,
            int digits,
            double scale,
            List<ComparisonRow> rows) {
        if (mean == null || mean.prompts() == null) {
            return;
        }
        String difference = Numbers.signed(mean.difference(), digits);
        String interval = Numbers.signed(mean.interval(), digits);
        rows.add(
                new ComparisonRow(
                        name,
                        Numbers.plain(mean.baseline(), digits),
                        Numbers.plain(mean.candidate(), digits),
                        difference,
                        interval,
                        Numbers.pValue(mean.pValue()),
                        Numbers.pValue(mean.adjustedPValue()),
                        Numbers.signed(mean.effectSize(), 2),
                        mean.prompts(),
                        chart(
                                name,
                                mean.difference(),
                                mean.interval(),
                                scale > 0 ? scale : Math.max(1, reach(mean.interval())),
                                difference,
                                interval)));
    }

    private static Chart chart(
            String name,
            double difference,
            Interval interval,
            double scale,
            String inWords,
            String intervalInWords) {
        return Chart.interval(
                interval.low(),
                difference,
                interval.high(),
                scale,
                name + ": " + inWords + ", interval " + intervalInWords);
    }

    private static double reach(Interval interval) {
        return Math.max(Math.abs(interval.low()), Math.abs(interval.high()));
    }
}
