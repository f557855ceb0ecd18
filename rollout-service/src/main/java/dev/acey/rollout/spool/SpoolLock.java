package dev.acey.rollout.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process out of a spool's directory; ends with the process whatever happens. */
final class SpoolLock {

    private SpoolLock() {}

    /**
     * Blocking: takes the lock, which lasts until the channel is closed.
     *
     * @throws IllegalStateException when somebody else has it
     */
    static FileChannel take(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (!isTaken(channel)) {
            channel.close();
            throw new IllegalStateException(
                    "acey.data.dir: another process keeps its spool in "
                            + directory
                            + ". Each replica needs a directory of its own.");
        }
        return channel;
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
