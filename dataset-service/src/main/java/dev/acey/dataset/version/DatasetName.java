package dev.acey.dataset.version;

import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.page.Query;
import dev.acey.kit.problem.ProblemException;

/** Datasets go by their file's name: task {@code game} is {@code game-dataset.jsonl}. */
public final class DatasetName {

    private static final String STEM_END = "-dataset";
    private static final String END = STEM_END + ".jsonl";
    private static final int MOST_VERSIONS = 999_999_999;

    private DatasetName() {}

    /** The file's name. */
    public static String of(String taskType) {
        return taskType + END;
    }

    /** The name of a part's file; the main part has the dataset's. */
    public static String file(String taskType, String part) {
        return part.equals(DatasetPart.MAIN)
                ? of(taskType)
                : taskType + STEM_END + "-" + part + ".jsonl";
    }

    /** The name of the file that says where a part's examples come from. */
    public static String sources(String part) {
        return part.equals(DatasetPart.MAIN) ? "sources.jsonl" : "sources-" + part + ".jsonl";
    }

    /** A version's number in a query; null where it is missing, 400 where it can be none. */
    public static Integer version(String name, String value) {
        Double number = Query.number(name, value, 1, MOST_VERSIONS);
        if (number != null && number != Math.rint(number)) {
            throw ProblemException.invalid("/" + name, "must be a whole number");
        }
        return number == null ? null : Integer.valueOf(number.intValue());
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

    /** Where a part of a version is, as a client asks for it. */
    public static String url(String taskType, int version, String part) {
        String url = url(taskType, version);
        return part.equals(DatasetPart.MAIN) ? url : url + "&split=" + part;
    }

    /** The directory of a task's versions. */
    static String stem(String taskType) {
        return taskType + STEM_END;
    }
}
