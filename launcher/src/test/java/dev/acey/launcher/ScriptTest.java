package dev.acey.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./acey} in a repository of its own, with a java and a mvn that only say what they are. */
class ScriptTest {

    private static final List<String> MODULES =
            Stream.concat(
                            Stream.of("auto-rules", "service-kit", "launcher"),
                            Stream.of(Service.values()).map(Service::module))
                    .toList();

    @TempDir Path folder;
    private Path repository;
    private Path programs;

    @BeforeEach
    void layOut() throws IOException {
        repository = Files.createDirectory(folder.resolve("repository"));
        programs = Files.createDirectory(folder.resolve("programs"));
        Files.copy(
                Path.of("..", "acey"),
                repository.resolve("acey"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(repository.resolve("pom.xml"), "");
        for (String module : MODULES) {
            Files.createDirectories(repository.resolve(module).resolve("src/main"));
            Files.writeString(repository.resolve(module).resolve("pom.xml"), "");
            Files.writeString(repository.resolve(module).resolve("src/main/Source.java"), "");
        }
        program(
                "java",
                "[ \"$1\" = -version ] && echo 'openjdk version \"17.0.1\"' >&2 || echo started \"$@\"");
        StringBuilder build =
                new StringBuilder("[ \"$1\" = --version ] && echo Apache Maven 3.8.7 && exit\n");
        for (String jar : jars()) {
            build.append("mkdir -p $(dirname %1$s) && touch %1$s\n".formatted(jar));
        }
        program("mvn", build.toString());
    }

    @Test
    void whatIsMissingIsBuiltOnce() throws Exception {
        LauncherProcess.Result first = acey("up", "--data", "with spaces");
        assertEquals(0, first.exitCode(), first.output());
        assertTrue(first.output().startsWith("Building "), first.output());
        assertTrue(
                first.output()
                        .endsWith(
                                "-jar %s/launcher/target/launcher.jar up --data with spaces\n"
                                        .formatted(repository.toRealPath())),
                first.output());
        assertTrue(acey("up").output().startsWith("started "));
    }

    @Test
    void aSourceNewerThanWhatWasMadeOfItIsBuiltAgain() throws Exception {
        acey("up");
        for (String source :
                List.of(
                        "pom.xml",
                        "gateway/src/main/Source.java",
                        "service-kit/src/main/Source.java",
                        "launcher/pom.xml")) {
            age(60);
            Files.setLastModifiedTime(repository.resolve(source), FileTime.from(Instant.now()));
            assertTrue(acey("up").output().startsWith("Building "), source);
            age(60);
            assertTrue(acey("up").output().startsWith("started "), source);
        }
    }

    @Test
    void onlyUpLooksAtTheSources() throws Exception {
        acey("up");
        age(60);
        Files.setLastModifiedTime(repository.resolve("pom.xml"), FileTime.from(Instant.now()));
        assertTrue(acey("status").output().startsWith("started "));
        assertTrue(acey("down").output().startsWith("started "));
    }

    @Test
    void evidenceIsVerifiedByWhatWasBuiltOfTheServiceThatWroteIt() throws Exception {
        acey("up");
        age(60);
        assertTrue(acey("verify-evidence", "file").output().startsWith("started "));
        Files.delete(Service.ROLLOUT.jar(repository));
        assertTrue(acey("verify-evidence", "file").output().startsWith("Building "));
    }

    @Test
    void anOldJavaIsRefusedInOneLine() throws Exception {
        program("java", "echo 'java version \"1.8.0_201\"' >&2");
        assertEquals(
                new LauncherProcess.Result(
                        1, "acey: needs Java 17 or newer, and 'java' is Java 1.8.0_201\n"),
                acey("up"));
    }

    @Test
    void anOldMavenIsRefusedInOneLineWhereSomethingMustBeBuilt() throws Exception {
        program("mvn", "echo Apache Maven 3.6.3");
        assertEquals(
                new LauncherProcess.Result(
                        1,
                        "acey: must be built first: needs Maven 3.8.7 or newer,"
                                + " and 'mvn' is Apache Maven 3.6.3\n"),
                acey("up"));
    }

    @Test
    void aFailedBuildStartsNothing() throws Exception {
        program("mvn", "[ \"$1\" = --version ] && echo Apache Maven 3.8.7 && exit; exit 1");
        LauncherProcess.Result failed = acey("up");
        assertEquals(1, failed.exitCode());
        assertTrue(failed.output().endsWith("acey: the build has failed, see above\n"));
        assertFalse(failed.output().contains("started"));
    }

    @Test
    void aLinkToItFindsTheRepository() throws Exception {
        acey("up");
        Path link = Files.createSymbolicLink(folder.resolve("link"), repository.resolve("acey"));
        assertTrue(
                run(link, "status")
                        .output()
                        .contains(repository.toRealPath() + "/launcher/target"));
    }

    private static List<String> jars() {
        return Stream.concat(
                        Stream.of("launcher/target/launcher.jar"),
                        Stream.of(Service.values())
                                .map(service -> service.jar(Path.of("")).toString()))
                .toList();
    }

    /**
     * Makes everything in the repository so many seconds old, sources a little more than the rest.
     */
    private void age(long seconds) throws IOException {
        Instant then = Instant.now().minusSeconds(seconds);
        try (Stream<Path> files = Files.walk(repository)) {
            for (Path file : files.toList()) {
                boolean built = file.toString().contains("/target");
                Files.setLastModifiedTime(
                        file, FileTime.from(built ? then : then.minusSeconds(seconds)));
            }
        }
    }

    private void program(String name, String body) throws IOException {
        Path program = programs.resolve(name);
        Files.writeString(program, "#!/bin/bash\n" + body + "\n");
        assertTrue(program.toFile().setExecutable(true));
    }

    private LauncherProcess.Result acey(String... arguments) throws Exception {
        return run(repository.resolve("acey"), arguments);
    }

    private LauncherProcess.Result run(Path script, String... arguments) throws Exception {
        Path said = Files.createTempFile(folder, "said", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Stream.concat(Stream.of(script.toString()), Stream.of(arguments)).toList());
        Map<String, String> environment = builder.environment();
        environment.remove("JAVA_HOME");
        environment.put("PATH", programs + ":" + environment.get("PATH"));
        int exitCode =
                builder.directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start()
                        .waitFor();
        return new LauncherProcess.Result(exitCode, Files.readString(said));
    }
}
