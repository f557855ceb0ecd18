package dev.acey.simulation.report;

import dev.acey.simulation.correctness.Correctness;
import dev.acey.simulation.judge.Judged;
import dev.acey.simulation.report.ReportPage.Fact;
import dev.acey.simulation.statistics.Interval;
import dev.acey.simulation.verdict.SimulationResult.Asked;
import java.util.ArrayList;
import java.util.List;

/** What is known of the answers themselves: asked for, right, preferred. */
final class AnswerFacts {

    private AnswerFacts() {}

    /** Each null where there is nothing of it. */
    static List<Fact> of(Asked asked, Correctness correctness, Judged judged) {
        List<Fact> facts = new ArrayList<>();
        if (asked != null) {
            facts.add(
                    new Fact(
                            "Prompts the candidate was asked",
                            asked.answered()
                                    + " answered, "
                                    + asked.failed()
                                    + " failed, "
                                    + asked.unasked()
                                    + " left out"));
            facts.add(
                    new Fact(
                            "Calls to models",
                            asked.calls()
                                    + ", "
                                    + Numbers.plain(asked.dollars(), 4)
                                    + " US dollars"));
        }
        if (correctness != null && correctness.checked() > 0) {
            facts.add(
                    new Fact(
                            "Outputs that keep their task’s rules",
                            share(correctness.schemaValid(), correctness.interval())
                                    + ", of "
                                    + correctness.checked()));
        }
        if (correctness != null
                && correctness.agreement() != null
                && correctness.agreement().references() > 0) {
            facts.add(
                    new Fact(
                            "Outputs that agree with what people said to be right",
                            share(
                                            correctness.agreement().rate(),
                                            correctness.agreement().interval())
                                    + ", of "
                                    + correctness.agreement().references()));
        }
        if (judged != null) {
            judged(judged, facts);
        }
        return List.copyOf(facts);
    }

    private static void judged(Judged judged, List<Fact> facts) {
        facts.add(
                new Fact(
                        "The judge " + judged.model() + " prefers",
                        "the candidate on "
                                + judged.candidate()
                                + " prompts, the baseline on "
                                + judged.baseline()
                                + "; "
                                + judged.ties()
                                + " ties, "
                                + judged.unreadable()
                                + " without an opinion"));
        facts.add(
                new Fact(
                        "The candidate wins less the baseline wins",
                        Numbers.points(judged.difference())
                                + " (95 % interval "
                                + Numbers.points(judged.interval())
                                + ")"));
        facts.add(
                new Fact(
                        "The judge says the same in both orders",
                        Numbers.percent(judged.positionConsistency())));
    }

    private static String share(Double rate, Interval interval) {
        return Numbers.percent(rate)
                + (interval == null
                        ? ""
                        : " (95 % interval "
                                + Numbers.percent(interval.low())
                                + " to "
                                + Numbers.percent(interval.high())
                                + ")");
    }
}
