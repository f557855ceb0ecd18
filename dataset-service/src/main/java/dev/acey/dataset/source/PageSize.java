package dev.acey.dataset.source;

/**
 * How many entries to ask for, by how large the page before was: entries range from a few hundred
 * bytes to a mebibyte, and a page has to fit into memory twice.
 */
public final class PageSize {

    public static final int FIRST = 100;

    private static final int SMALLEST = 10;
    private static final int LARGEST = 1_000;
    private static final int SMALL_BYTES = 2 << 20;
    private static final int LARGE_BYTES = 8 << 20;

    private PageSize() {}

    /** Double after a small page, an eighth after a large one. */
    public static int after(int limit, Page page) {
        int bytes = page.body().length;
        if (bytes > LARGE_BYTES) {
            return Math.max(SMALLEST, limit / 8);
        }
        return bytes < SMALL_BYTES ? Math.min(LARGEST, limit * 2) : limit;
    }
}
