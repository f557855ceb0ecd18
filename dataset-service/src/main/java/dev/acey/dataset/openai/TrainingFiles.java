package dev.acey.dataset.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.dataset.provider.Training;
import dev.acey.dataset.version.DatasetName;
import dev.acey.dataset.version.DatasetPart;
import dev.acey.dataset.version.VersionFiles;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A training's files at the provider, named after the training: what it learns from and, where the
 * dataset was split, what it is checked by.
 */
@Singleton
class TrainingFiles {

    static final String VALIDATION = "validation";

    private final OpenAiClient client;
    private final VersionFiles files;
    private final Vertx vertx;

    TrainingFiles(OpenAiClient client, VersionFiles files, Vertx vertx) {
        this.client = client;
        this.files = files;
        this.vertx = vertx;
    }

    /**
     * The provider's ids.
     *
     * @param validation null where the dataset has no such part
     */
    record Uploaded(String train, String validation) {}

    /**
     * Uploads the files.
     *
     * @param again whether some may be there already
     */
    Uni<Uploaded> upload(Training training, boolean again) {
        Uni<Uploaded> train =
                part(training, DatasetPart.MAIN, again).map(id -> new Uploaded(id, null));
        return training.dataset().part(VALIDATION).isEmpty()
                ? train
                : train.chain(
                        one ->
                                part(training, VALIDATION, again)
                                        .map(id -> new Uploaded(one.train(), id)));
    }

    /** The ids of what it learns from; several only where an answer came very late. */
    Uni<List<String>> learnedFrom(Training training) {
        return client.filesNamed(name(training, DatasetPart.MAIN))
                .map(found -> found.stream().map(TrainingFiles::idOf).toList());
    }

    /** Deletes all of the training's files. */
    Uni<Void> delete(Training training) {
        return Multi.createFrom()
                .items(DatasetPart.MAIN, VALIDATION)
                .onItem()
                .transformToUniAndConcatenate(part -> client.filesNamed(name(training, part)))
                .onItem()
                .transformToIterable(found -> found)
                .onItem()
                .transformToUniAndConcatenate(file -> client.delete(idOf(file)))
                .onItem()
                .ignoreAsUni();
    }

    /** What a part's file is called there. */
    static String name(Training training, String part) {
        return part.equals(DatasetPart.MAIN)
                ? training.name() + ".jsonl"
                : training.name() + "-" + part + ".jsonl";
    }

    private Uni<String> part(Training training, String part, boolean again) {
        return again
                ? client.filesNamed(name(training, part))
                        .chain(
                                found ->
                                        found.isEmpty()
                                                ? upload(training, part)
                                                : Uni.createFrom().item(idOf(found.get(0))))
                : upload(training, part);
    }

    private Uni<String> upload(Training training, String part) {
        return vertx.executeBlocking(() -> prepared(training, part), false)
                .chain(
                        file ->
                                client.upload(file)
                                        .eventually(
                                                () ->
                                                        vertx.executeBlocking(
                                                                () -> removed(file), false)));
    }

    private Path prepared(Training training, String part) throws IOException {
        Path file = files.workspace(training.id()).resolve(name(training, part));
        String name = DatasetName.file(training.dataset().taskType(), part);
        try {
            ChatLines.write(
                    files.file(training.dataset(), name), training.dataset().format(), file);
        } catch (NoSuchFileException e) {
            throw new ProblemException(
                    Problem.of(410, "The dataset's version was withdrawn before it was sent."));
        }
        return file;
    }

    private static Void removed(Path file) throws IOException {
        VersionFiles.delete(file.getParent());
        return null;
    }

    private static String idOf(JsonNode file) {
        return file.path("id").asText();
    }
}
