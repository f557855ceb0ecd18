package dev.acey.dataset.prepare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.draft.FinishedTask;
import dev.acey.kit.job.Job;
import dev.acey.kit.task.Format;
import jakarta.inject.Singleton;

/**
 * What is written down beside a dataset: what went in, what was dropped and why, what was applied
 * and what was not. The same preparation gives the same bytes, so it holds no time but that of the
 * request.
 */
@Singleton
class Manifest {

    private static final String TRAINS_ON =
            "A reviewer's correction (finalAction with speech or intents) where there is one, else"
                    + " what was delivered after the auto-rules, else what the model gave.";
    private static final String INSTRUCTION_TEXT =
            "The prompt's own system messages are the instruction where it has any.";
    private static final String SPEECH_ONLY =
            "The speech alone: this format has no place for intents.";
    private static final String LABEL =
            "unsafe: the entry was rejected, or nobody decided and the model gave a"
                    + " shadow_ban_suggestion; safe: a person approved or modified it, or neither"
                    + " holds.";

    private final ObjectMapper json;

    Manifest(ObjectMapper json) {
        this.json = json;
    }

    ObjectNode of(Job job, PrepareConfig config, FinishedTask task) {
        ObjectNode manifest = json.createObjectNode();
        manifest.put("taskType", task.plan().taskType())
                .put("jobId", job.id().toString())
                .put("count", task.count())
                .put("bytes", task.bytes())
                .put("sha256", task.sha256());
        manifest.set("requestedAt", json.valueToTree(job.createdAt()));
        manifest.set("settings", json.valueToTree(config.settings()));
        manifest.set("notApplied", json.valueToTree(config.notApplied()));
        manifest.set("conversion", conversion(task));
        manifest.setAll(task.facts());
        manifest.set("dropped", json.valueToTree(task.dropped()));
        return manifest;
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
        if (format != Format.STRUCTURED) {
            conversion.put("output", SPEECH_ONLY);
        }
        return conversion.put("trainsOn", TRAINS_ON);
    }
}
