package dev.acey.launcher.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;

/** What personas say: {@code {speech, intents}}, the same for the same prompt and voice. */
final class Voice {

    private static final List<String> CALM =
            List.of(
                    "Nice hand, well played.",
                    "That was a careful call on the turn.",
                    "Let us see what the river brings.",
                    "I would take a moment before the next bet.",
                    "The table is quiet tonight, and that suits me.",
                    "A small pot, but a good read.");

    private static final List<String> HYPE =
            List.of(
                    "WOW, what a hand!!!",
                    "All in, baby, ALL IN!",
                    "You people are on FIRE tonight!!",
                    "No way! No WAY! Did you see that river?!",
                    "Chips everywhere, I love it, I LOVE it!",
                    "This is the craziest table in town!!!");

    private Voice() {}

    /**
     * @param drifted in the other voice, and proposing to remember what it is not sure of
     */
    static ObjectNode say(String prompt, boolean drifted) {
        SplittableRandom random = new SplittableRandom(prompt.hashCode());
        List<String> sentences = drifted ? HYPE : CALM;
        int first = random.nextInt(sentences.size());
        int second = (first + 1 + random.nextInt(sentences.size() - 1)) % sentences.size();
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.put("speech", sentences.get(first) + " " + sentences.get(second));
        ArrayNode intents = output.putArray("intents");
        if (drifted || random.nextInt(3) == 0) {
            double least = drifted ? 0.2 : 0.7;
            ObjectNode memory = intents.addObject();
            memory.put("type", "memory_proposal");
            memory.put("confidence", Math.round(100 * (least + 0.3 * random.nextDouble())) / 100.0);
            memory.put("ttl", 86_400);
            memory.put("text", "Hand %08x was worth a remark".formatted(prompt.hashCode()));
        }
        return output;
    }
}
