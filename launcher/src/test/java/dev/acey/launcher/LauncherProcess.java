package dev.acey.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the launcher as a process of its own, as {@code ./acey} does.
 *
 * @param repository where the services have been built
 * @param folder for what it prints
 */
record LauncherProcess(Path repository, Path folder) {

    /** What a command that has ended answered and printed. */
    record Result(int exitCode, String output) {}

    Result run(String... arguments) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, arguments[0], ".txt");
        int exitCode = start(said, arguments).waitFor();
        return new Result(exitCode, Files.readString(said));
    }

    /** Answers at once; what the process prints goes to the file. */
    Process start(Path said, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m"));
        command.add("-Dacey.root=" + repository);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }
}
