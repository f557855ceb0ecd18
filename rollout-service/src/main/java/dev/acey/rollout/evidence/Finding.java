package dev.acey.rollout.evidence;

/**
 * What came of a check.
 *
 * @param exitCode of the command that checks: 0 where all agrees, 1 where something differs, 2
 *     where the document cannot be read or is not whole
 * @param sentence says so, and where
 */
record Finding(int exitCode, String sentence) {

    static Finding agrees(String sentence) {
        return new Finding(0, sentence);
    }

    static Finding differs(String sentence) {
        return new Finding(1, sentence);
    }

    static Finding unreadable(String sentence) {
        return new Finding(2, sentence);
    }
}
