package dev.acey.dataset.duplicate;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/**
 * The keys of the examples kept so far, task by task, in a temporary file: memory stays the same
 * however many there are. It blocks, and one thread at a time uses it.
 */
public final class ExactDuplicates implements AutoCloseable {

    private static final int CACHE_MEGABYTES = 16;
    private static final int WRITE_BUFFER_KILOBYTES = 4 * 1024;
    private static final byte[] NOTHING = {};

    private final MVStore store;
    private final Map<String, MVMap<byte[], byte[]>> tasks = new HashMap<>();

    /**
     * @param file to be made; who made its directory deletes it
     */
    public ExactDuplicates(Path file) {
        store =
                new MVStore.Builder()
                        .fileName(file.toString())
                        .cacheSize(CACHE_MEGABYTES)
                        .autoCommitBufferSize(WRITE_BUFFER_KILOBYTES)
                        .open();
        store.setVersionsToKeep(0);
        store.setRetentionTime(0);
    }

    /** Whether the task has an example with this key. */
    public boolean has(String taskType, byte[] key) {
        return keys(taskType).containsKey(key);
    }

    /** Remembers an example that is kept. */
    public void add(String taskType, byte[] key) {
        keys(taskType).put(key, NOTHING);
    }

    /** Gives the file up without writing what is still in memory. */
    @Override
    public void close() {
        store.closeImmediately();
    }

    private MVMap<byte[], byte[]> keys(String taskType) {
        return tasks.computeIfAbsent(
                taskType,
                name ->
                        store.openMap(
                                name,
                                new MVMap.Builder<byte[], byte[]>()
                                        .keyType(ByteArrayDataType.INSTANCE)
                                        .valueType(ByteArrayDataType.INSTANCE)));
    }
}
