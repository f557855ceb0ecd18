package dev.acey.simulation.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.acey.simulation.statistics.Holm;
import dev.acey.simulation.statistics.Interval;
import dev.acey.simulation.statistics.Level;
import dev.acey.simulation.statistics.PairedRates;
import dev.acey.simulation.statistics.SignedRank;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The models side by side, on the same prompts; what there are no data for is empty. The tests made
 * here are one family: {@code adjustedPValue} is Holm's over those that were made. Drift is no
 * member: it has a level of its own.
 *
 * @param rejectionRate how often outputs are blocked
 * @param approvalRate how often outputs go out as they came
 * @param confidence of the intents
 * @param responseTime milliseconds; empty where the candidate's outputs were recorded without
 */
@RegisterForReflection
public record ModelComparison(
        Rate rejectionRate,
        Rate approvalRate,
        Mean confidence,
        Mean responseTime,
        Similarity similarity,
        Intents intents) {

    /**
     * How often something is decided; empty without two decisions on any prompt.
     *
     * @param difference the candidate's rate less the baseline's
     * @param interval of the difference, paired (Bonett and Price)
     * @param pValue McNemar's test, exact
     * @param effectSize Cohen's g, within -0.5 and 0.5
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rate(
            Double baseline,
            Double candidate,
            Double difference,
            Interval interval,
            Double level,
            Double pValue,
            Double adjustedPValue,
            Double effectSize,
            Integer prompts) {

        private static final Rate EMPTY =
                new Rate(null, null, null, null, null, null, null, null, null);
    }

    /**
     * A number each model gives; empty with fewer than six prompts where both do.
     *
     * @param difference Hodges and Lehmann's estimate of candidate less baseline
     * @param interval of that difference, from the ranks
     * @param pValue Wilcoxon's signed-rank test
     * @param effectSize the matched-pairs rank-biserial correlation, within -1 and 1
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Mean(
            Double baseline,
            Double candidate,
            Double difference,
            Interval interval,
            Double level,
            Double pValue,
            Double adjustedPValue,
            Double effectSize,
            Integer prompts) {

        private static final Mean EMPTY =
                new Mean(null, null, null, null, null, null, null, null, null);
    }

    /** Of what is said, 0 to 1. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Similarity(Double mean, Double lowest) {}

    /**
     * What the candidate proposes, held against the intents of answers that were approved ({@link
     * ApprovedAnswer}).
     *
     * @param precision share of the candidate's intents that the approved answers have too; null
     *     without any
     * @param recall share of the approved answers' intents that the candidate proposes too; null
     *     without any
     * @param answers approved answers that a candidate's output was held against
     */
    @RegisterForReflection
    public record Intents(
            Double precision, Double recall, int answers, long approved, long proposed) {}

    static ModelComparison of(Tally all) {
        Optional<SignedRank> confidence = all.confidence.test();
        Optional<SignedRank> responseTime = all.responseTime.test();
        List<Double> pValues = new ArrayList<>();
        if (all.pairs() > 0) {
            pValues.add(all.rejections.pValue());
            pValues.add(all.approvals.pValue());
        }
        confidence.ifPresent(test -> pValues.add(test.pValue()));
        responseTime.ifPresent(test -> pValues.add(test.pValue()));
        double[] adjusted =
                Holm.adjust(pValues.stream().mapToDouble(Double::doubleValue).toArray());
        int next = all.pairs() > 0 ? 2 : 0;
        return new ModelComparison(
                all.pairs() > 0 ? rate(all.rejections, adjusted[0]) : Rate.EMPTY,
                all.pairs() > 0 ? rate(all.approvals, adjusted[1]) : Rate.EMPTY,
                confidence
                        .map(test -> mean(all.confidence, test, adjusted[next]))
                        .orElse(Mean.EMPTY),
                responseTime
                        .map(test -> mean(all.responseTime, test, adjusted[adjusted.length - 1]))
                        .orElse(Mean.EMPTY),
                all.similarity.getCount() == 0
                        ? new Similarity(null, null)
                        : new Similarity(all.similarity.getAverage(), all.similarity.getMin()),
                all.intents.summary());
    }

    private static Rate rate(PairedRates rates, double adjusted) {
        return new Rate(
                rates.baseline(),
                rates.candidate(),
                rates.difference(),
                rates.interval(),
                Level.CONFIDENCE,
                rates.pValue(),
                adjusted,
                rates.effectSize(),
                rates.prompts());
    }

    private static Mean mean(PairedSample sample, SignedRank test, double adjusted) {
        return new Mean(
                sample.baselineMean(),
                sample.candidateMean(),
                test.difference(),
                test.interval(),
                Level.CONFIDENCE,
                test.pValue(),
                adjusted,
                test.effectSize(),
                test.pairs());
    }
}
