package dev.acey.dataset.version;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The card that says what a dataset is: YAML metadata as Hugging Face's hub reads it (dataset
 * cards, https://huggingface.co/docs/hub/datasets-cards) and a page for people, from the manifest.
 */
final class Card {

    private static final long[] SIZES = {1_000, 10_000, 100_000, 1_000_000, 10_000_000};
    private static final String[] SIZE_NAMES = {
        "n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M"
    };

    private Card() {}

    static String of(JsonNode manifest) {
        return metadata(manifest) + page(manifest);
    }

    private static String metadata(JsonNode manifest) {
        String taskType = manifest.path("taskType").asText();
        StringBuilder files = new StringBuilder();
        long examples = 0;
        for (JsonNode part : manifest.path("parts")) {
            String name = part.path("name").asText();
            String file = DatasetName.file(taskType, name);
            files.append("  - split: %s\n    path: %s\n".formatted(name, file));
            examples += part.path("count").asLong();
        }
        boolean labels = manifest.at("/conversion/format").asText().equals("classification");
        return """
        ---
        pretty_name: %s, version %d
        license: other
        task_categories:
        - %s
        size_categories:
        - %s
        configs:
        - config_name: default
          data_files:
        %s---
        """
                .formatted(
                        manifest.path("filename").asText(),
                        manifest.path("version").asInt(),
                        labels ? "text-classification" : "text-generation",
                        size(examples),
                        files);
    }

    private static String page(JsonNode manifest) {
        JsonNode quality = manifest.path("quality");
        return """

        # %s, version %d

        Examples of the task `%s`, in the format `%s`, made from logged calls.

        | | |
        |---|---|
        | entries read | %d |
        | examples | %d |
        | not reviewed by a person | %s |
        | personal data and credentials | %s |
        | SHA-256 of the file | `%s` |

        Left out: %s.

        What was asked for, where each example comes from and the whole report on quality are in
        `manifest.json`.
        """
                .formatted(
                        manifest.path("filename").asText(),
                        manifest.path("version").asInt(),
                        manifest.path("taskType").asText(),
                        manifest.at("/conversion/format").asText(),
                        manifest.at("/source/read").asLong(),
                        quality.path("examples").asLong(),
                        percent(quality.path("unreviewedShare").asDouble()),
                        manifest.at("/settings/redactPersonalData").asBoolean()
                                ? "taken out where they were found"
                                : "not looked for",
                        manifest.path("sha256").asText(),
                        dropped(manifest.path("dropped")));
    }

    private static String dropped(JsonNode dropped) {
        StringBuilder text = new StringBuilder();
        dropped.properties()
                .forEach(
                        reason ->
                                text.append(text.isEmpty() ? "" : ", ")
                                        .append(reason.getKey())
                                        .append(' ')
                                        .append(reason.getValue().asLong()));
        return text.toString();
    }

    private static String percent(double share) {
        return Math.round(share * 1_000) / 10.0 + " %";
    }

    private static String size(long examples) {
        int i = 0;
        while (i < SIZES.length && examples >= SIZES[i]) {
            i++;
        }
        return SIZE_NAMES[i];
    }
}
