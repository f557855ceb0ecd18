package dev.acey.bench.dataset;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * An export of log-service: one entry a line, oldest first. Of a hundred, about 20 say the same as
 * an earlier one, 10 nearly the same, 10 were rejected, 5 have little confidence, 3 are tests.
 */
final class Calls {

    private static final int REMEMBERED = 10_000;

    private final Instant start;
    private final SplittableRandom random = new SplittableRandom(1);
    private final String[] prompts = new String[REMEMBERED];
    private final String[] answers = new String[REMEMBERED];

    /**
     * Calls of which one seed decides.
     *
     * @param start of the first; ten come in a second
     */
    Calls(Instant start) {
        this.start = start;
    }

    static void write(Path file, int count) throws IOException {
        Calls calls = new Calls(Instant.parse("2026-01-15T00:00:00Z"));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < count; i++) {
                out.write(calls.line(i).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** An entry as a line, to be asked for one after the other from 0 on. */
    String line(int number) {
        int kind = random.nextInt(100);
        int known = random.nextInt(REMEMBERED);
        String prompt = text(15 + random.nextInt(20));
        String answer = text(20 + random.nextInt(40));
        if (kind < 30 && prompts[known] != null) {
            prompt = prompts[known];
            answer = kind < 20 ? answers[known] : answers[known] + " " + text(2);
        }
        prompts[number % REMEMBERED] = prompt;
        answers[number % REMEMBERED] = answer;
        int fate = random.nextInt(100);
        String decision = fate < 10 ? "rejected" : "approved";
        String environment = fate >= 10 && fate < 13 ? "test" : "live";
        int confidence = fate >= 13 && fate < 18 ? 30 : 50 + random.nextInt(50);
        Instant at = start.plusMillis(number * 100L);
        String id =
                "%012x".formatted(at.toEpochMilli()).replaceFirst("(.{8})(.{4})", "$1-$2-7")
                        + "%03x-8000-%012x".formatted(number & 0xfff, number);
        return "{\"id\":\""
                + id
                + "\",\"taskType\":\"game\",\"timestamp\":\""
                + time(at)
                + "\",\"context\":{\"environment\":\""
                + environment
                + "\",\"channel\":\"c"
                + number % 500
                + "\",\"user\":\"u"
                + number % 20_000
                + "\"},\"llmPrompt\":\""
                + prompt
                + "\",\"llmOutput\":\""
                + answer
                + "\",\"aceyOutput\":{\"speech\":\""
                + answer
                + "\",\"intents\":[]},\"controlDecision\":\""
                + decision
                + "\",\"confidence\":0."
                + confidence
                + ",\"performance\":{\"responseTime\":812,\"promptTokens\":40},"
                + "\"autoRules\":{\"ruleSet\":\"sha256:aa\",\"decision\":\""
                + decision
                + "\",\"action\":\"deliver\",\"findings\":[],\"state\":{},\"at\":\""
                + time(at)
                + "\",\"replayable\":true},\"metadata\":{\"model\":\"m1\"}}\n";
    }

    private static String time(Instant at) {
        String text = at.toString();
        return text.length() == 20 ? text.replace("Z", ".000Z") : text;
    }

    private String text(int words) {
        StringBuilder text = new StringBuilder(words * 7);
        for (int i = 0; i < words; i++) {
            if (i > 0) {
                text.append(' ');
            }
            double u = random.nextDouble();
            int word = (int) (20_000 * u * u * u);
            for (int rest = word + 26; rest > 0; rest /= 26) {
                text.append((char) ('a' + rest % 26));
            }
        }
        return text.toString();
    }
}
