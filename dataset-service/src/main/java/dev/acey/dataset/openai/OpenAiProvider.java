package dev.acey.dataset.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.provider.Cost;
import dev.acey.dataset.provider.Provider;
import dev.acey.dataset.provider.Report;
import dev.acey.dataset.provider.Training;
import dev.acey.dataset.version.VersionFiles;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Trains by the Files and fine-tuning jobs API. A training's job is known by its metadata, and by
 * its file, which is named after the training: whichever of the two a host keeps, an attempt that
 * got through is found.
 */
@Singleton
class OpenAiProvider implements Provider {

    private static final int BYTES_A_TOKEN = 4;

    /** What OpenAI's own {@code auto} comes to for datasets of some hundred examples. */
    private static final int USUAL_EPOCHS = 3;

    private final OpenAiClient client;
    private final OpenAiSettings settings;
    private final VersionFiles files;
    private final Vertx vertx;

    OpenAiProvider(OpenAiClient client, OpenAiSettings settings, VersionFiles files, Vertx vertx) {
        this.client = client;
        this.settings = settings;
        this.files = files;
        this.vertx = vertx;
    }

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public Optional<String> missing() {
        return settings.baseUrl().isPresent()
                ? Optional.empty()
                : Optional.of("acey.openai.base-url");
    }

    @Override
    public JsonNode payload(Training training) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.putObject("file")
                .put("name", fileName(training))
                .put("purpose", "fine-tune")
                .put("examples", training.dataset().count());
        payload.set("job", JobPayload.of(training, "(the uploaded file's id)"));
        return payload;
    }

    @Override
    public Cost cost(Training training, Report report) {
        JsonNode epochs = training.hyperparameters().path("n_epochs");
        long estimated =
                training.dataset().bytes()
                        / BYTES_A_TOKEN
                        * (epochs.isNumber() ? Math.max(1, epochs.asLong()) : USUAL_EPOCHS);
        Long trained = report == null ? null : report.trainedTokens();
        double price = settings.pricePerMillionTokens();
        double tokens = trained == null ? estimated : trained;
        return new Cost(
                estimated, trained, price == 0 ? null : Double.valueOf(tokens * price / 1e6));
    }

    @Override
    public Uni<String> submit(Training training, boolean again) {
        if (!again) {
            return upload(training).chain(file -> create(training, file));
        }
        return existing(training)
                .chain(
                        found ->
                                found.isPresent()
                                        ? Uni.createFrom().item(found.get())
                                        : uploadedOrUpload(training)
                                                .chain(file -> create(training, file))
                                                .chain(() -> existing(training))
                                                .map(Optional::orElseThrow));
    }

    @Override
    public Uni<Report> report(Training training, String job) {
        return client.job(job)
                .chain(
                        told ->
                                client.events(job)
                                        .chain(
                                                events ->
                                                        client.checkpoints(job)
                                                                .map(
                                                                        steps ->
                                                                                Reports.of(
                                                                                        told,
                                                                                        events,
                                                                                        steps,
                                                                                        settings))));
    }

    @Override
    public Uni<Void> cancel(Training training, String job) {
        return client.cancel(job);
    }

    /** The host need not keep what people said any longer. */
    @Override
    public Uni<Void> tidy(Training training) {
        return client.filesNamed(fileName(training))
                .chain(found -> eachInTurn(found, file -> client.delete(idOf(file))));
    }

    /** The training's job; of several, which a very late answer can make, the oldest goes on. */
    private Uni<Optional<String>> existing(Training training) {
        return client.filesNamed(fileName(training))
                .map(found -> found.stream().map(OpenAiProvider::idOf).toList())
                .chain(
                        own ->
                                client.jobs(
                                        training.id().toString(),
                                        job ->
                                                JobPayload.isOf(training, job)
                                                        || own.contains(
                                                                job.path("training_file")
                                                                        .asText())))
                .chain(this::keepOldest);
    }

    private Uni<Optional<String>> keepOldest(List<JsonNode> jobs) {
        List<JsonNode> oldestFirst =
                jobs.stream()
                        .sorted(
                                Comparator.<JsonNode>comparingLong(
                                                job -> job.path("created_at").asLong())
                                        .thenComparing(OpenAiProvider::idOf))
                        .toList();
        return eachInTurn(oldestFirst.stream().skip(1).toList(), job -> client.cancel(idOf(job)))
                .replaceWith(oldestFirst.stream().findFirst().map(OpenAiProvider::idOf));
    }

    private Uni<String> uploadedOrUpload(Training training) {
        return client.filesNamed(fileName(training))
                .chain(
                        found ->
                                found.isEmpty()
                                        ? upload(training)
                                        : Uni.createFrom().item(idOf(found.get(0))));
    }

    private Uni<String> upload(Training training) {
        return vertx.executeBlocking(() -> prepared(training), false)
                .chain(
                        file ->
                                client.upload(file)
                                        .eventually(
                                                () ->
                                                        vertx.executeBlocking(
                                                                () -> removed(file), false)));
    }

    private Path prepared(Training training) throws IOException {
        Path file = files.workspace(training.id()).resolve(fileName(training));
        ChatLines.write(
                files.file(training.dataset(), training.dataset().filename()),
                training.dataset().format(),
                file);
        return file;
    }

    private static Void removed(Path file) throws IOException {
        VersionFiles.delete(file.getParent());
        return null;
    }

    private Uni<String> create(Training training, String file) {
        return client.create(JobPayload.of(training, file));
    }

    private static Uni<Void> eachInTurn(
            List<JsonNode> all, Function<JsonNode, Uni<? extends Void>> step) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(step)
                .onItem()
                .ignoreAsUni();
    }

    private static String fileName(Training training) {
        return training.name() + ".jsonl";
    }

    private static String idOf(JsonNode thing) {
        return thing.path("id").asText();
    }
}
