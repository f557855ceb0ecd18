package dev.acey.bench.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/** Calls to a model as a product of the guide's kind logs them: about a kilobyte of JSON each. */
final class Lines {

    private static final String[] TASKS = {
        "game", "website", "graphics", "audio", "moderation", "memory", "trust", "persona"
    };
    private static final String[] WORDS = {
        "the", "river", "pot", "call", "raise", "fold", "player", "stack", "chat", "stream", "hand",
        "turn", "flop", "button", "blind", "bet", "tonight", "nice", "again", "slow", "tell",
                "read",
        "table", "seat", "viewer", "clip", "crowd", "odds", "tilt", "patience"
    };

    private final SplittableRandom random;

    Lines(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A line without line feed; the id is a UUIDv7 of this instant. */
    String next(UUID id) {
        String intent =
                random.nextInt(3) == 0
                        ? """
                          {"type":"memory_proposal","text":"%s","confidence":%s,"ttl":86400}"""
                                .formatted(words(8), decimal(0.5, 1))
                        : "";
        return """
        {"id":"%s","taskType":"%s","context":{"channel":"channel-%d","user":"user-%d",\
        "gameState":{"street":"river","pot":%d,"players":%d},"environment":"live"},\
        "llmPrompt":"%s","aceyOutput":{"speech":"%s","intents":[%s]},\
        "performance":{"responseTime":%d,"promptTokens":%d,"completionTokens":%d,"cost":%s},\
        "metadata":{"model":"acey-v2","temperature":0.7}}"""
                .formatted(
                        id,
                        TASKS[random.nextInt(TASKS.length)],
                        random.nextInt(20),
                        random.nextInt(5_000),
                        random.nextInt(10_000),
                        2 + random.nextInt(8),
                        words(80),
                        words(30),
                        intent,
                        200 + random.nextInt(1_800),
                        100 + random.nextInt(400),
                        20 + random.nextInt(80),
                        decimal(0.0001, 0.002));
    }

    /** The next id of an instant: version 7, else random. */
    UUID id(Instant at) {
        long high = (at.toEpochMilli() << 16) | 0x7000 | random.nextInt(0x1000);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private String decimal(double from, double to) {
        return String.format(Locale.ROOT, "%.4f", from + random.nextDouble() * (to - from));
    }
}
