package dev.acey.dataset.version;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.ProblemException;

/** Datasets go by their file's name: task {@code game} is {@code game-dataset.jsonl}. */
public final class DatasetName {

    private static final String STEM_END = "-dataset";
    private static final String END = STEM_END + ".jsonl";

    private DatasetName() {}

    /** The file's name. */
    public static String of(String taskType) {
        return taskType + END;
    }

    /** The task of a file's name in a path; 404 for a name that no dataset can have. */
    public static String taskOf(String filename) {
        if (filename.endsWith(END)) {
            String taskType = filename.substring(0, filename.length() - END.length());
            if (LogEntryReader.TASK_TYPE.matcher(taskType).matches()) {
                return taskType;
            }
        }
        throw ProblemException.notFound("There is no dataset " + filename + ".");
    }

    /** Where a version's file is, as a client asks for it. */
    public static String url(String taskType, int version) {
        return "/api/dataset/" + of(taskType) + "?version=" + version;
    }

    /** The directory of a task's versions. */
    static String stem(String taskType) {
        return taskType + STEM_END;
    }
}
