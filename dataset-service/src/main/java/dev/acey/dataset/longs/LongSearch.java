package dev.acey.dataset.longs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Looks a number up in a sorted file of them, in a few reads however large it is. Blocks. */
public final class LongSearch {

    private LongSearch() {}

    /** Whether the number stands in the file. */
    public static boolean contains(Path sorted, long number) throws IOException {
        try (FileChannel channel = FileChannel.open(sorted, StandardOpenOption.READ)) {
            long low = 0;
            long high = channel.size() / Long.BYTES;
            while (low < high) {
                long middle = (low + high) >>> 1;
                long found = at(channel, middle);
                if (found == number) {
                    return true;
                }
                if (found < number) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return false;
        }
    }

    private static long at(FileChannel channel, long index) throws IOException {
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
        while (number.hasRemaining()) {
            if (channel.read(number, index * Long.BYTES + number.position()) < 0) {
                throw new IOException("a file of numbers became shorter");
            }
        }
        return number.getLong(0);
    }
}
