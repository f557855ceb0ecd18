package dev.acey.dataset.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.provider.Cost;
import dev.acey.dataset.provider.Provider;
import dev.acey.dataset.provider.Report;
import dev.acey.dataset.provider.Training;
import dev.acey.dataset.version.DatasetPart;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
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

    private static final String UPLOADED = "(the uploaded file's id)";
    private static final int BYTES_A_TOKEN = 4;

    /** What OpenAI's own {@code auto} comes to for datasets of some hundred examples. */
    private static final int USUAL_EPOCHS = 3;

    private final OpenAiClient client;
    private final OpenAiSettings settings;
    private final TrainingFiles files;

    OpenAiProvider(OpenAiClient client, OpenAiSettings settings, TrainingFiles files) {
        this.client = client;
        this.settings = settings;
        this.files = files;
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
                .put("name", TrainingFiles.name(training, DatasetPart.MAIN))
                .put("purpose", "fine-tune")
                .put("examples", training.dataset().count());
        Optional<DatasetPart> check = training.dataset().part(TrainingFiles.VALIDATION);
        check.ifPresent(
                part ->
                        payload.putObject("validationFile")
                                .put("name", TrainingFiles.name(training, part.name()))
                                .put("purpose", "fine-tune")
                                .put("examples", part.count()));
        payload.set(
                "job", JobPayload.of(training, UPLOADED, check.map(part -> UPLOADED).orElse(null)));
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
            return files.upload(training, false).chain(uploaded -> submit(training, uploaded));
        }
        return existing(training)
                .chain(
                        found ->
                                found.isPresent()
                                        ? Uni.createFrom().item(found.get())
                                        : files.upload(training, true)
                                                .chain(uploaded -> submit(training, uploaded))
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
        return files.delete(training);
    }

    /** The training's job; of several, which a very late answer can make, the oldest goes on. */
    private Uni<Optional<String>> existing(Training training) {
        return files.learnedFrom(training)
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

    private Uni<String> submit(Training training, TrainingFiles.Uploaded uploaded) {
        return client.create(JobPayload.of(training, uploaded.train(), uploaded.validation()));
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

    private static String idOf(JsonNode thing) {
        return thing.path("id").asText();
    }
}
