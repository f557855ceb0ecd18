package dev.acey.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Properties;

/**
 * What the launcher that holds a data folder says about itself. Only to be believed while the
 * folder's lock is held.
 *
 * @param pid the launcher's process
 * @param portOffset what its ports are moved by
 */
record Running(long pid, int portOffset) {

    static Optional<Running> read(DataDir dir) {
        Properties content = PrivateFiles.read(dir.running());
        if (content.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Running(
                        Long.parseLong(content.getProperty("pid")),
                        Integer.parseInt(content.getProperty("portOffset"))));
    }

    void write(DataDir dir) {
        Properties content = new Properties();
        content.setProperty("pid", Long.toString(pid));
        content.setProperty("portOffset", Integer.toString(portOffset));
        PrivateFiles.write(dir.running(), content);
    }

    static void delete(DataDir dir) {
        try {
            Files.deleteIfExists(dir.running());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
