package dev.acey.dataset.candidate;

import java.nio.ByteBuffer;

/**
 * An example that is written as it stands if it is chosen.
 *
 * @param line of the dataset's file
 * @param source where it comes from, a line of the file of sources
 * @param label of a classification; {@link #NO_LABEL} else
 * @param leavesOutIntents whether the output had intents that the format has no place for
 * @param confidence within 0 and 1; NaN where nobody gave one
 * @param origins of each entry it was made of, the hash of its id and of its person
 */
public record Candidate(
        byte[] line,
        byte[] source,
        byte label,
        boolean leavesOutIntents,
        double confidence,
        long[] origins) {

    public static final byte NO_LABEL = 0;
    public static final byte SAFE = 1;
    public static final byte UNSAFE = 2;

    ByteBuffer encode() {
        int head = 4 + 2 + 8 + 1 + origins.length * Long.BYTES + 4;
        ByteBuffer out = ByteBuffer.allocate(4 + head + line.length + source.length);
        out.putInt(head + line.length + source.length)
                .putInt(line.length)
                .put(label)
                .put((byte) (leavesOutIntents ? 1 : 0))
                .putDouble(confidence)
                .put((byte) origins.length);
        for (long origin : origins) {
            out.putLong(origin);
        }
        return out.putInt(source.length).put(line).put(source).flip();
    }

    static Candidate decode(ByteBuffer in) {
        byte[] line = new byte[in.getInt()];
        byte label = in.get();
        boolean leavesOutIntents = in.get() != 0;
        double confidence = in.getDouble();
        long[] origins = new long[in.get()];
        for (int i = 0; i < origins.length; i++) {
            origins[i] = in.getLong();
        }
        byte[] source = new byte[in.getInt()];
        in.get(line).get(source);
        return new Candidate(line, source, label, leavesOutIntents, confidence, origins);
    }
}
