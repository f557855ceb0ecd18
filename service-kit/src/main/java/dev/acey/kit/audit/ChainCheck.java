package dev.acey.kit.audit;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** How far a chain has been followed: what the next link has to fit. */
public record ChainCheck(
        long lastSeq, String lastHash, long anchored, boolean atEnd, Damage damage) {

    private static final String BEFORE_THE_FIRST = "00".repeat(32);

    /**
     * Follows a chain from its first link and names the first that is broken. Memory is one
     * stretch, whatever the length.
     *
     * @param behind the stretch behind the link of this number
     */
    public static Uni<AuditVerdict> ofAll(LongFunction<Uni<Stretch>> behind) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(start()),
                        sofar ->
                                behind.apply(sofar.get().lastSeq())
                                        .map(stretch -> sofar.get().follow(stretch))
                                        .invoke(sofar::set))
                .whilst(check -> !check.atEnd() && check.damage() == null)
                .collect()
                .last()
                .map(ChainCheck::verdict);
    }

    static ChainCheck start() {
        return new ChainCheck(0, BEFORE_THE_FIRST, 0, false, null);
    }

    AuditVerdict verdict() {
        return new AuditVerdict(damage == null, lastSeq, anchored, damage);
    }

    /** Follows these links, in order of seq, up to the first that is broken. */
    ChainCheck follow(Stretch stretch) {
        List<Anchor> anchors = stretch.anchors();
        long newest = anchors.isEmpty() ? 0 : anchors.get(anchors.size() - 1).seq();
        if (stretch.links().isEmpty()) {
            return newest > lastSeq
                    ? broken(
                            lastSeq + 1,
                            Damage.Kind.MISSING,
                            "the chain ends before it, but its keeper remembers links up to "
                                    + newest)
                    : new ChainCheck(lastSeq, lastHash, anchored, true, null);
        }
        Map<Long, String> remembered =
                anchors.stream().collect(Collectors.toMap(Anchor::seq, Anchor::hash));
        ChainCheck check = this;
        for (AuditLink link : stretch.links()) {
            check = check.follow(link, remembered.get(link.seq()), newest);
            if (check.damage != null) {
                break;
            }
        }
        return check;
    }

    private ChainCheck follow(AuditLink link, String remembered, long newestAnchor) {
        if (link.seq() != lastSeq + 1) {
            return broken(lastSeq + 1, Damage.Kind.MISSING, "the next link is " + link.seq());
        }
        if (!link.previousHash().equals(lastHash)) {
            return broken(
                    link.seq(), Damage.Kind.OUT_OF_PLACE, "it does not continue the link before");
        }
        if (!link.hash().equals(link.expectedHash())) {
            return broken(
                    link.seq(),
                    Damage.Kind.CHANGED,
                    "its content is not what its hash was made of");
        }
        if (remembered == null && newestAnchor > link.seq()) {
            return broken(
                    link.seq(),
                    Damage.Kind.UNANCHORED,
                    "its keeper remembers later links, but not this one");
        }
        if (remembered != null && !remembered.equals(link.hash())) {
            return broken(
                    link.seq(),
                    Damage.Kind.REWRITTEN,
                    "its keeper remembers another hash: the chain was computed anew from here");
        }
        return new ChainCheck(
                link.seq(), link.hash(), anchored + (remembered == null ? 0 : 1), false, null);
    }

    private ChainCheck broken(long seq, Damage.Kind kind, String detail) {
        return new ChainCheck(lastSeq, lastHash, anchored, false, new Damage(seq, kind, detail));
    }
}
