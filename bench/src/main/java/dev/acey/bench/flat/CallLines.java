package dev.acey.bench.flat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/**
 * Made-up calls as our own services log them, a line each, oldest first: spread evenly over a time,
 * eight task types and two variants; made while they are read.
 */
final class CallLines extends InputStream {

    static final String[] TASKS = {
        "game", "website", "graphics", "audio", "moderation", "memory", "trust", "persona"
    };

    private static final String SPEECH = "Nice hand! A player who waits for the river is patient. ";

    private final long calls;
    private final Instant from;
    private final double millisApart;
    private final Random random;
    private byte[] line = {};
    private int position;
    private long made;

    CallLines(long calls, Instant from, Duration over, long seed) {
        this.calls = calls;
        this.from = from;
        this.millisApart = (double) over.toMillis() / calls;
        this.random = new Random(seed);
    }

    @Override
    public int read() {
        return hasMore() ? line[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int taken = 0;
        while (taken < length && hasMore()) {
            int part = Math.min(length - taken, line.length - position);
            System.arraycopy(line, position, target, offset + taken, part);
            position += part;
            taken += part;
        }
        return taken == 0 && length > 0 ? -1 : taken;
    }

    private boolean hasMore() {
        if (position == line.length && made < calls) {
            line =
                    call(from.plusMillis((long) (made * millisApart)))
                            .getBytes(StandardCharsets.UTF_8);
            position = 0;
            made++;
        }
        return position < line.length;
    }

    private String call(Instant at) {
        String variant = random.nextInt(10) == 0 ? "candidate" : "baseline";
        int kind = random.nextInt(100);
        String decision = kind < 3 ? "rejected" : kind < 5 ? "modified" : "approved";
        double time = 200 + 400 * Math.exp(random.nextGaussian());
        return """
            {"id":"%s","taskType":"%s","context":{"channel":"c%d","user":"u%d","environment":"%s"},\
            "llmPrompt":"Say something about hand %d.","llmOutput":"%s",\
            "aceyOutput":{"speech":"%s","intents":[]},%s\
            "confidence":%.3f,"performance":{"responseTime":%.1f,"promptTokens":%d,\
            "completionTokens":%d,"cost":0.0004},\
            "routing":{"variant":"%s","servedBy":"%s","model":"acey-%s"}}
            """
                .formatted(
                        id(at),
                        TASKS[random.nextInt(TASKS.length)],
                        random.nextInt(500),
                        random.nextInt(5_000),
                        random.nextInt(50) == 0 ? "shadow" : "live",
                        made,
                        SPEECH,
                        SPEECH + made,
                        kind == 99 ? "\"error\":{\"type\":\"timeout\"}," : verdict(decision),
                        random.nextDouble(),
                        time,
                        random.nextInt(2_000),
                        random.nextInt(300),
                        variant,
                        variant,
                        variant);
    }

    private static String verdict(String decision) {
        String action =
                switch (decision) {
                    case "approved" -> "deliver";
                    case "modified" -> "deliver_modified";
                    default -> "block";
                };
        return """
            "controlDecision":"%s","autoRules":{"ruleSet":"sha256:00","decision":"%s",\
            "action":"%s","findings":[%s],"replayable":false},"""
                .formatted(
                        decision,
                        decision,
                        action,
                        decision.equals("approved") ? "" : "{\"ruleId\":\"speech.secrets\"}");
    }

    private UUID id(Instant at) {
        long high = at.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000);
        return new UUID(high, random.nextLong() >>> 2 | Long.MIN_VALUE);
    }
}
