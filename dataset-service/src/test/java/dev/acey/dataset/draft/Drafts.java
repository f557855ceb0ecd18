package dev.acey.dataset.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.choose.ChoiceRules;
import dev.acey.dataset.example.Converter;
import dev.acey.dataset.example.EntryFilter;
import dev.acey.dataset.source.Page;
import dev.acey.kit.task.Format;
import dev.acey.rules.sensitive.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Drafts for tests, without a service around them. */
final class Drafts {

    private static final EntryFilter FILTER = new EntryFilter(0.5, true, false, false);

    private Drafts() {}

    interface Look {
        void at(FinishedTask task, Path directory) throws IOException;
    }

    static TaskPlan plan(String taskType, Format format, ChoiceRules rules) {
        Redactor nothing = new Redactor(Set.of(), Map.of());
        return new TaskPlan(taskType, FILTER, new Converter(format, "Do it.", nothing), rules);
    }

    static Draft of(List<TaskPlan> plans) {
        return new Draft(plans, user -> user == null ? 0 : user.hashCode());
    }

    /** Makes the datasets of these entries and looks at them before they are taken away. */
    static List<FinishedTask> prepare(
            List<TaskPlan> plans, List<ObjectNode> entries, int pageSize, Look look)
            throws Exception {
        try (Draft draft = of(plans)) {
            draft.open(() -> Files.createTempDirectory("draft"));
            for (int i = 0; i < entries.size(); i += pageSize) {
                Page page = page(entries.subList(i, Math.min(entries.size(), i + pageSize)));
                draft.take(draft.make(page));
            }
            List<FinishedTask> finished = draft.finish();
            for (FinishedTask task : finished) {
                look.at(task, task.directory());
            }
            return finished;
        }
    }

    static Page page(List<ObjectNode> entries) throws IOException {
        String logs =
                entries.stream()
                        .map(ObjectNode::toString)
                        .collect(Collectors.joining(",", "[", "]"));
        return Page.of(("{\"logs\":" + logs + "}").getBytes(StandardCharsets.UTF_8));
    }
}
