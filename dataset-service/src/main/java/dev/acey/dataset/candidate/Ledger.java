package dev.acey.dataset.candidate;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.IntPredicate;

/**
 * One row of 64 bytes for each candidate, by its ordinal, in a file mapped into memory: the
 * operating system keeps what fits, and the heap holds nothing of it. For one thread at a time.
 */
public final class Ledger {

    /** An ordinal has so many bits; more candidates than that are refused. */
    public static final int ORDINAL_BITS = 28;

    static final int ROW = 64;

    private static final int SEGMENT_BITS = 20;
    private static final int KEY_HIGH = 16;
    private static final int KEY_LOW = 24;
    private static final int CONVERSATION = 32;
    private static final int RANK = 40;
    private static final int PARENT = 48;
    private static final int SIZE = 52;
    private static final int SHINGLES = 56;
    private static final int FATE = 60;
    private static final int PART = 61;

    private final MappedByteBuffer[] segments;
    private final int count;

    Ledger(FileChannel rows) throws IOException {
        count = (int) (rows.size() / ROW);
        segments = new MappedByteBuffer[(count >>> SEGMENT_BITS) + 1];
        for (int i = 0; i < segments.length; i++) {
            long from = ((long) i * ROW) << SEGMENT_BITS;
            long size = Math.min((long) ROW << SEGMENT_BITS, rows.size() - from);
            segments[i] = rows.map(FileChannel.MapMode.READ_WRITE, from, size);
        }
    }

    /** How many candidates there are: ordinals go from 0, the oldest, to one less. */
    public int count() {
        return count;
    }

    /** Candidates in the dataset for which this holds. */
    public int countChosen(IntPredicate which) {
        int chosen = 0;
        for (int i = 0; i < count; i++) {
            if (isChosen(i) && which.test(i)) {
                chosen++;
            }
        }
        return chosen;
    }

    public long keyHigh(int ordinal) {
        return segment(ordinal).getLong(at(ordinal, KEY_HIGH));
    }

    /** Whether these two are exact duplicates. */
    public boolean sameKey(int one, int other) {
        return keyHigh(one) == keyHigh(other)
                && segment(one).getLong(at(one, KEY_LOW))
                        == segment(other).getLong(at(other, KEY_LOW));
    }

    public long conversation(int ordinal) {
        return segment(ordinal).getLong(at(ordinal, CONVERSATION));
    }

    /** As {@link Facts#rank} gives it. */
    public long rank(int ordinal) {
        return segment(ordinal).getLong(at(ordinal, RANK));
    }

    public boolean reviewed(int ordinal) {
        return Facts.reviewed(rank(ordinal));
    }

    /** Of how many different shingles its text is made. */
    public int shingles(int ordinal) {
        return segment(ordinal).getInt(at(ordinal, SHINGLES));
    }

    /** The next candidate on the way to the first of its group; itself for the first. */
    public int parent(int ordinal) {
        return segment(ordinal).getInt(at(ordinal, PARENT));
    }

    public void parent(int ordinal, int parent) {
        segment(ordinal).putInt(at(ordinal, PARENT), parent);
    }

    /** How many of the dataset are in the group of which this is the first; 0 at the start. */
    public int size(int ordinal) {
        return segment(ordinal).getInt(at(ordinal, SIZE));
    }

    public void size(int ordinal, int size) {
        segment(ordinal).putInt(at(ordinal, SIZE), size);
    }

    /** {@link Fate#CHOSEN} at the start. */
    public Fate fate(int ordinal) {
        return Fate.of(segment(ordinal).get(at(ordinal, FATE)));
    }

    public boolean isChosen(int ordinal) {
        return segment(ordinal).get(at(ordinal, FATE)) == 0;
    }

    public void fate(int ordinal, Fate fate) {
        segment(ordinal).put(at(ordinal, FATE), (byte) fate.ordinal());
    }

    /** Into which part of a split it goes; 0, the first, at the start. */
    public int part(int ordinal) {
        return segment(ordinal).get(at(ordinal, PART));
    }

    public void part(int ordinal, int part) {
        segment(ordinal).put(at(ordinal, PART), (byte) part);
    }

    long offset(int ordinal) {
        return segment(ordinal).getLong(at(ordinal, 0));
    }

    long shingleOffset(int ordinal) {
        return segment(ordinal).getLong(at(ordinal, 8));
    }

    private MappedByteBuffer segment(int ordinal) {
        return segments[ordinal >>> SEGMENT_BITS];
    }

    private static int at(int ordinal, int field) {
        return (ordinal & ((1 << SEGMENT_BITS) - 1)) * ROW + field;
    }
}
