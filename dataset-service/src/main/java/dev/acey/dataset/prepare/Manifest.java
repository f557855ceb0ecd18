package dev.acey.dataset.prepare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.draft.FinishedTask;
import dev.acey.kit.job.Job;
import dev.acey.kit.task.Format;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * What is written down beside a dataset: what went in, what was dropped and why, what was applied
 * and what was not. The same preparation gives the same bytes, so it holds no time but that of the
 * request.
 */
@Singleton
class Manifest {

    private static final String TRAINS_ON =
            "A person's demonstration or correction (finalAction with speech or intents), else"
                    + " what was delivered after the auto-rules, else what the model gave.";
    private static final String INSTRUCTION_TEXT =
            "The prompt's own system messages are the instruction where it has any.";
    private static final String SPEECH_ONLY =
            "The speech alone: this format has no place for intents.";
    private static final String LABEL =
            "unsafe: the entry was rejected, or nobody decided and the model gave a"
                    + " shadow_ban_suggestion; safe: a person approved or modified it, or neither"
                    + " holds.";

    private static final String PAIRS =
            "Each answer that was rejected or replaced, against the best to the same prompt that a"
                    + " person showed, corrected or accepted, or else the rules approved.";

    private final ObjectMapper json;

    Manifest(ObjectMapper json) {
        this.json = json;
    }

    ObjectNode of(Job job, PrepareConfig config, FinishedTask task, List<FinishedTask> all) {
        ObjectNode manifest = json.createObjectNode();
        manifest.put("taskType", task.plan().taskType())
                .put("jobId", job.id().toString())
                .put("count", task.main().count())
                .put("bytes", task.main().bytes())
                .put("sha256", task.main().sha256());
        manifest.set("parts", json.valueToTree(task.parts()));
        manifest.set("requestedAt", json.valueToTree(job.createdAt()));
        manifest.set("settings", json.valueToTree(config.settings()));
        manifest.set("conversion", conversion(task));
        manifest.setAll(task.facts());
        manifest.set("dropped", json.valueToTree(task.dropped()));
        manifest.set("taskBalance", balance(all));
        return manifest;
    }

    /** How many examples each task of the preparation came to. */
    private ObjectNode balance(List<FinishedTask> all) {
        ObjectNode balance = json.createObjectNode();
        all.forEach(task -> balance.put(task.plan().taskType(), task.examples()));
        return balance;
    }

    private ObjectNode conversion(FinishedTask task) {
        Format format = task.plan().converter().format();
        ObjectNode conversion = json.createObjectNode();
        conversion.set("format", json.valueToTree(format));
        if (format == Format.INSTRUCTION) {
            conversion
                    .put("instruction", task.plan().converter().instruction())
                    .put("instructionSource", INSTRUCTION_TEXT);
        }
        if (format == Format.CLASSIFICATION) {
            return conversion.put("label", LABEL);
        }
        if (format == Format.PREFERENCE) {
            return conversion.put("pairs", PAIRS).put("output", SPEECH_ONLY);
        }
        if (format != Format.STRUCTURED) {
            conversion.put("output", SPEECH_ONLY);
        }
        return conversion.put("trainsOn", TRAINS_ON);
    }
}
