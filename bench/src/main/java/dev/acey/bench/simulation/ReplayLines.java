package dev.acey.bench.simulation;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Calls of some days with outputs to judge, a line each, oldest first; made while they are read.
 */
final class ReplayLines extends InputStream {

    private static final String[] TASKS = {"game", "website", "graphics", "audio"};

    private final SplittableRandom random = new SplittableRandom(7);
    private final long calls;
    private final Instant from;
    private final double millisApart;
    private byte[] line = {};
    private int position;
    private long made;

    ReplayLines(long calls, Instant from, Duration over) {
        this.calls = calls;
        this.from = from;
        this.millisApart = (double) over.toMillis() / calls;
    }

    @Override
    public int read() {
        return hasMore() ? line[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (!hasMore()) {
            return length == 0 ? 0 : -1;
        }
        int part = Math.min(length, line.length - position);
        System.arraycopy(line, position, target, offset, part);
        position += part;
        return part;
    }

    private boolean hasMore() {
        if (position == line.length && made < calls) {
            line = call().getBytes(StandardCharsets.UTF_8);
            position = 0;
            made++;
        }
        return position < line.length;
    }

    private String call() {
        String intent =
                random.nextInt(3) > 0
                        ? ""
                        : """
                          {"type":"memory_proposal","text":"A remark worth keeping, number %d",\
                          "confidence":0.%d,"ttl":86400}"""
                                .formatted(random.nextInt(100_000), 3 + random.nextInt(7));
        return """
            {"taskType":"%s","timestamp":"%s","context":{"channel":"c%d","user":"u%d"},\
            "llmPrompt":"Say something about hand %d, and about those who played it tonight.",\
            "aceyOutput":{"speech":"Nice hand! A player who waits for the river is patient, and \
            hand %d was worth it.","intents":[%s]},\
            "performance":{"responseTime":%d,"promptTokens":120,"completionTokens":40},\
            "metadata":{"model":"acey-v1","temperature":0.7}}
            """
                .formatted(
                        TASKS[random.nextInt(TASKS.length)],
                        from.plusMillis((long) (made * millisApart)),
                        random.nextInt(500),
                        random.nextInt(5_000),
                        made,
                        made,
                        intent,
                        200 + random.nextInt(1_800));
    }
}
