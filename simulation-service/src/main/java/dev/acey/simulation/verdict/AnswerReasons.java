package dev.acey.simulation.verdict;

import dev.acey.simulation.criteria.TaskCriteria;
import dev.acey.simulation.judge.Judged;

/** What speaks against a task in the answers themselves: missing, wrong, or worse to a judge. */
final class AnswerReasons {

    private AnswerReasons() {}

    static void add(Reasons reasons, Tally task, Setup setup, TaskCriteria criteria) {
        if (setup.candidateModel() != null) {
            asked(reasons, task, setup, criteria);
        }
        reasons.share(
                "outputs that break the task's rules",
                task.correctness.invalid(),
                task.correctness.checked(),
                criteria.invalidTolerance());
        if (criteria.leastAgreement() != null) {
            agreement(reasons, task, criteria.leastAgreement());
        }
        if (setup.judgeModel() != null) {
            judged(reasons, task.judge.result(setup.judgeModel()), criteria.preferenceTolerance());
        }
    }

    private static void asked(Reasons reasons, Tally task, Setup setup, TaskCriteria criteria) {
        if (task.unasked > 0) {
            reasons.open(
                    "%d of %d prompts were not asked, because the budget of %s ended",
                    task.unasked, task.unasked + task.asked, setup.spent());
        }
        reasons.share(
                "failures of the candidate", task.failed, task.asked, criteria.errorTolerance());
    }

    private static void agreement(Reasons reasons, Tally task, double least) {
        if (task.correctness.references() == 0) {
            reasons.open("no prompt has a reference to agree with");
            return;
        }
        reasons.share(
                "outputs that disagree with their references",
                task.correctness.references() - task.correctness.agree(),
                task.correctness.references(),
                1 - least);
    }

    private static void judged(Reasons reasons, Judged judged, double tolerance) {
        if (judged.interval() == null) {
            reasons.open("the judge %s gave no opinion", judged.model());
        } else if (judged.interval().high() < -tolerance) {
            reasons.broken(
                    "the judge %s prefers the baseline: it wins %d of %d pairs, the candidate %d"
                            + " (95 %% interval of the difference %+.1f to %+.1f points; tolerated"
                            + " %+.1f)",
                    judged.model(),
                    judged.baseline(),
                    judged.pairs() - judged.unreadable(),
                    judged.candidate(),
                    100 * judged.interval().low(),
                    100 * judged.interval().high(),
                    -100 * tolerance);
        }
    }
}
