package dev.acey.rollout.evidence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code ./acey verify-evidence FILE} starts: a plain program, without service or network. */
public final class VerifyEvidence {

    private VerifyEvidence() {}

    /**
     * Ends with 0 where every verdict agrees, 1 where something differs, 2 for a file of no use.
     */
    public static void main(String[] args) {
        Finding finding =
                args.length == 1
                        ? verify(Path.of(args[0]))
                        : Finding.unreadable("which document? One file must be named");
        (finding.exitCode() == 0 ? System.out : System.err).println(finding.sentence());
        System.exit(finding.exitCode());
    }

    static Finding verify(Path file) {
        try (InputStream document = new BufferedInputStream(Files.newInputStream(file))) {
            return EvidenceCheck.check(document);
        } catch (IOException e) {
            return Finding.unreadable("%s cannot be read: %s".formatted(file, e));
        }
    }
}
