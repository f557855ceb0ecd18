package dev.acey.kit.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The eight tasks, immutable. An unknown task is of high risk and trained on instructions. */
public final class TaskCatalogue {

    private static final Map<String, TaskDefaults> KNOWN = new LinkedHashMap<>();

    static {
        add("game", Risk.HIGH, Format.INSTRUCTION, "Host the game: answer what the players say.");
        add(
                "website",
                Risk.MEDIUM,
                Format.INSTRUCTION,
                "Correct or write the website's text as asked.");
        add(
                "graphics",
                Risk.LOW,
                Format.INSTRUCTION,
                "Describe the graphic that the request asks for.");
        add("audio", Risk.LOW, Format.INSTRUCTION, "Describe the audio that the request asks for.");
        add(
                "moderation",
                Risk.HIGH,
                Format.CLASSIFICATION,
                "Say whether the message is safe or unsafe.");
        add(
                "memory",
                Risk.MEDIUM,
                Format.STRUCTURED,
                "Propose what is worth remembering, as speech and intents.");
        add(
                "trust",
                Risk.HIGH,
                Format.STRUCTURED,
                "Signal how the trust in a person changes, as speech and intents.");
        add(
                "persona",
                Risk.MEDIUM,
                Format.STRUCTURED,
                "Propose the mode of the persona, as speech and intents.");
    }

    private TaskCatalogue() {}

    /** The defaults of this task, known or not. */
    public static TaskDefaults of(String taskType) {
        TaskDefaults known = KNOWN.get(taskType);
        return known != null
                ? known
                : new TaskDefaults(
                        taskType, false, Risk.HIGH, Format.INSTRUCTION, "Answer the request.");
    }

    /** The eight, in the order the guide names them. */
    public static List<TaskDefaults> all() {
        return List.copyOf(KNOWN.values());
    }

    private static void add(String taskType, Risk risk, Format format, String instruction) {
        KNOWN.put(taskType, new TaskDefaults(taskType, true, risk, format, instruction));
    }
}
