package dev.acey.kit.audit;

import java.util.List;

/**
 * A piece of a chain behind some link, and what its keeper remembers of it. The anchors are read
 * before the links: a link that was appended in between has no anchor yet, but there is no anchor
 * without its link.
 *
 * @param anchors by seq, oldest first; a page of them
 * @param links by seq, oldest first; none at the chain's end
 */
public record Stretch(List<Anchor> anchors, List<AuditLink> links) {

    /** The longest piece that is read at once, in links and in anchors. */
    public static final int LONGEST = 1_000;
}
