package dev.acey.kit.audit;

import java.util.List;
import java.util.Optional;

/** How far the chain has been followed: what the next link has to fit. */
record ChainCheck(long lastSeq, String lastHash, boolean atEnd, Optional<AuditVerdict> broken) {

    private static final String BEFORE_THE_FIRST = "00".repeat(32);

    static ChainCheck start() {
        return new ChainCheck(0, BEFORE_THE_FIRST, false, Optional.empty());
    }

    AuditVerdict verdict() {
        return broken.orElseGet(() -> AuditVerdict.intact(lastSeq));
    }

    boolean goesOn() {
        return !atEnd && broken.isEmpty();
    }

    /** Follows these links, in order of seq, up to the first that is broken. None: the end. */
    ChainCheck follow(List<AuditRow> links) {
        if (links.isEmpty()) {
            return new ChainCheck(lastSeq, lastHash, true, broken);
        }
        ChainCheck check = this;
        for (AuditRow link : links) {
            check = check.follow(link);
            if (check.broken.isPresent()) {
                break;
            }
        }
        return check;
    }

    private ChainCheck follow(AuditRow link) {
        if (link.seq() != lastSeq + 1) {
            return broken(lastSeq + 1, "it is missing");
        }
        if (!link.previousHash().equals(lastHash)) {
            return broken(link.seq(), "it does not continue the link before");
        }
        if (!link.hash().equals(link.expectedHash())) {
            return broken(link.seq(), "its content is not what its hash was made of");
        }
        return new ChainCheck(link.seq(), link.hash(), false, Optional.empty());
    }

    private ChainCheck broken(long seq, String reason) {
        return new ChainCheck(
                lastSeq, lastHash, false, Optional.of(AuditVerdict.broken(lastSeq, seq, reason)));
    }
}
