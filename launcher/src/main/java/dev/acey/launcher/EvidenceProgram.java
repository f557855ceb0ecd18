package dev.acey.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program of rollout-service that computes evidence again, in a Java of its own. */
final class EvidenceProgram {

    private static final String MAIN = "dev.acey.rollout.evidence.VerifyEvidence";

    private EvidenceProgram() {}

    /** Answers its exit code; what it has to say goes to this program's output. */
    static int run(Path root, Path document) throws IOException, InterruptedException {
        Path service = Service.ROLLOUT.jar(root).getParent();
        if (Files.notExists(Service.ROLLOUT.jar(root))) {
            throw new LauncherException("rollout-service must be built first: mvn package");
        }
        String classes =
                String.join(
                        File.pathSeparator,
                        service.resolve("app").resolve("*").toString(),
                        service.resolve("lib/main").resolve("*").toString(),
                        service.resolve("lib/boot").resolve("*").toString());
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx192m",
                        "-cp",
                        classes,
                        MAIN,
                        document.toString())
                .inheritIO()
                .start()
                .waitFor();
    }
}
