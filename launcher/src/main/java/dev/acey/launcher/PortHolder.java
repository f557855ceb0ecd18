package dev.acey.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who listens on a port, as far as Linux tells this user. */
final class PortHolder {

    private static final String LISTENING = "0A";

    private PortHolder() {}

    /** Names the program and its process, or says {@code another program}. */
    static String of(int port) {
        Set<String> sockets = new HashSet<>();
        for (Path table : List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"))) {
            sockets.addAll(listening(table, port));
        }
        if (sockets.isEmpty()) {
            return "another program";
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process, sockets))
                .findFirst()
                .map(
                        process ->
                                "%s (process %d)"
                                        .formatted(
                                                process.info().command().orElse("another program"),
                                                process.pid()))
                .orElse("another user's program");
    }

    /** The inodes of the sockets that listen on the port, in the form /proc shows them. */
    private static Set<String> listening(Path table, int port) {
        Set<String> sockets = new HashSet<>();
        String local = ":%04X".formatted(port);
        try {
            if (Files.isReadable(table)) {
                for (String line : Files.readAllLines(table)) {
                    String[] columns = line.strip().split("\\s+");
                    if (columns[1].endsWith(local) && columns[3].equals(LISTENING)) {
                        sockets.add("socket:[" + columns[9] + "]");
                    }
                }
            }
            return sockets;
        } catch (IOException e) {
            return sockets; // who holds it stays unknown, that it is held does not
        }
    }

    private static boolean holds(ProcessHandle process, Set<String> sockets) {
        Path open = Path.of("/proc", Long.toString(process.pid()), "fd");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(open)) {
            for (Path file : files) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // another user's, or gone meanwhile
        }
    }
}
