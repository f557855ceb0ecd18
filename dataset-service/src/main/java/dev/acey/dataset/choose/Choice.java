package dev.acey.dataset.choose;

import dev.acey.dataset.candidate.Candidates;
import dev.acey.dataset.candidate.Fate;
import dev.acey.dataset.candidate.Ledger;
import dev.acey.dataset.duplicate.Groups;
import dev.acey.dataset.duplicate.NearDuplicates;
import dev.acey.dataset.duplicate.SameValue;
import java.io.IOException;
import java.util.function.IntPredicate;

/**
 * Decides each candidate's fate: of exact and near duplicates one stays, the best (reviewed by a
 * person, then most confident, then oldest); of what nobody reviewed, and of all together, not more
 * than wanted; and then the part of the split. Near duplicates and conversations stay in one part.
 * Blocks; memory does not grow with the candidates.
 */
public final class Choice {

    private final Candidates candidates;
    private final Ledger ledger;
    private final ChoiceRules rules;
    private final Draw draw;
    private NearDuplicates near;

    public Choice(Candidates candidates, Ledger ledger, ChoiceRules rules) {
        this.candidates = candidates;
        this.ledger = ledger;
        this.rules = rules;
        this.draw = new Draw(candidates, ledger, rules.seed());
    }

    /** Decides on all. */
    public void make() throws IOException {
        Groups groups = new Groups(ledger);
        if (rules.deduplicate() || rules.shares().divide()) {
            SameValue.joinByKey(candidates, ledger, groups);
        }
        if (rules.deduplicate()) {
            dropAllButFirst(groups);
        }
        if (rules.comparesTexts()) {
            near = new NearDuplicates(candidates, ledger, groups, rules.nearDuplicateThreshold());
            near.join();
            if (rules.deduplicate()) {
                near.drop();
            }
        }
        limit();
        if (rules.shares().divide()) {
            split(groups);
        }
    }

    /** How near duplicates were looked for; null where they were not. */
    public NearDuplicates near() {
        return near;
    }

    private void dropAllButFirst(Groups groups) {
        for (int i = 0; i < ledger.count(); i++) {
            if (groups.first(i) != i) {
                ledger.fate(i, Fate.DUPLICATE);
            }
        }
    }

    private void limit() throws IOException {
        long reviewed = ledger.countChosen(ledger::reviewed);
        long unreviewed = ledger.countChosen(i -> !ledger.reviewed(i));
        Quota capped =
                Quota.of(reviewed, unreviewed, rules.maxUnreviewedShare(), Long.MAX_VALUE >> 1);
        keep(capped.unreviewed(), unreviewed, i -> !ledger.reviewed(i), Fate.UNREVIEWED);
        Quota quota =
                Quota.of(reviewed, unreviewed, rules.maxUnreviewedShare(), rules.maxExamples());
        keep(quota.unreviewed(), capped.unreviewed(), i -> !ledger.reviewed(i), Fate.OVER_LIMIT);
        keep(quota.reviewed(), reviewed, ledger::reviewed, Fate.OVER_LIMIT);
    }

    /** Draws those that stay; the others meet this fate. */
    private void keep(long most, long of, IntPredicate which, Fate fate) throws IOException {
        if (most >= of) {
            return;
        }
        long[] drawn = {0};
        draw.each(
                i -> ledger.isChosen(i) && which.test(i),
                i -> {
                    if (drawn[0]++ >= most) {
                        ledger.fate(i, fate);
                    }
                });
    }

    private void split(Groups groups) throws IOException {
        SameValue.joinByConversation(candidates, ledger, groups);
        long all = 0;
        for (int i = 0; i < ledger.count(); i++) {
            if (ledger.isChosen(i)) {
                int first = groups.first(i);
                ledger.size(first, ledger.size(first) + 1);
                all++;
            }
        }
        assignParts(all);
        for (int i = 0; i < ledger.count(); i++) {
            if (ledger.isChosen(i)) {
                ledger.part(i, ledger.part(groups.first(i)));
            }
        }
    }

    /** Groups one after the other, in the order drawn, fill the parts. */
    private void assignParts(long all) throws IOException {
        long[] place = {0};
        draw.each(
                i -> ledger.size(i) > 0,
                first -> {
                    ledger.part(first, rules.shares().partAt(place[0], all));
                    place[0] += ledger.size(first);
                });
    }
}
