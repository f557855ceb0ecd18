package dev.acey.dataset.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.acey.dataset.provider.Refusal;
import dev.acey.kit.key.KeyReferences;
import dev.acey.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The API with its key: a no becomes a {@link Refusal}, what may pass a 503. Lists are followed to
 * their end, within a bound.
 */
@Singleton
class OpenAiClient {

    private static final String PURPOSE = "fine-tune";
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 100;

    private final OpenAiApi api;
    private final OpenAiSettings settings;
    private final KeyReferences keys;

    OpenAiClient(@RestClient OpenAiApi api, OpenAiSettings settings, KeyReferences keys) {
        this.api = api;
        this.settings = settings;
        this.keys = keys;
    }

    private interface Call {
        Uni<JsonNode> with(String key);
    }

    /** The new file's id. */
    Uni<String> upload(Path file) {
        return call("the file", key -> api.upload(key, PURPOSE, file.toFile()))
                .map(answer -> id("the file", answer));
    }

    /** Files of this name, in the order the API lists them. */
    Uni<List<JsonNode>> filesNamed(String name) {
        return list(
                (key, after) -> api.files(key, PURPOSE, PAGE, after),
                file -> name.equals(file.path("filename").asText()));
    }

    Uni<Void> delete(String file) {
        return unlessGone(call("to delete a file", key -> api.delete(key, file))).replaceWithVoid();
    }

    /** The new job's id. */
    Uni<String> create(JsonNode job) {
        return call("the job", key -> api.create(key, job)).map(answer -> id("the job", answer));
    }

    /** Jobs for which this holds; hosts that know no metadata list them all. */
    Uni<List<JsonNode>> jobs(String training, Predicate<JsonNode> wanted) {
        return list((key, after) -> api.jobs(key, training, PAGE, after), wanted);
    }

    Uni<JsonNode> job(String id) {
        return call("to show the job", key -> api.job(key, id));
    }

    /** As the API lists them, newest first; none where a host has no such list. */
    Uni<JsonNode> events(String job) {
        return unlessGone(call("to show events", key -> api.events(key, job, PAGE)));
    }

    /** As the API lists them, newest first; none where a host has no such list. */
    Uni<JsonNode> checkpoints(String job) {
        return unlessGone(call("to show checkpoints", key -> api.checkpoints(key, job, PAGE)));
    }

    /** A job that has ended refuses; it has what was wanted. */
    Uni<Void> cancel(String job) {
        return call("to cancel the job", key -> api.cancel(key, job))
                .onFailure(Refusal.class)
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<List<JsonNode>> list(
            BiFunction<String, String, Uni<JsonNode>> page, Predicate<JsonNode> wanted) {
        AtomicReference<String> after = new AtomicReference<>();
        List<JsonNode> found = new ArrayList<>();
        return Multi.createBy()
                .repeating()
                .uni(() -> call("the list", key -> page.apply(key, after.get())))
                .whilst(answer -> goesOn(answer, after))
                .select()
                .first(MOST_PAGES)
                .onItem()
                .invoke(answer -> answer.path("data").forEach(one -> addIf(wanted, one, found)))
                .onItem()
                .ignoreAsUni()
                .replaceWith(found);
    }

    private static void addIf(Predicate<JsonNode> wanted, JsonNode one, List<JsonNode> found) {
        if (wanted.test(one)) {
            found.add(one);
        }
    }

    /** A host that does not know {@code after} would give the same page for ever. */
    private static boolean goesOn(JsonNode answer, AtomicReference<String> after) {
        JsonNode data = answer.path("data");
        if (!answer.path("has_more").asBoolean() || data.isEmpty()) {
            return false;
        }
        String last = data.get(data.size() - 1).path("id").asText();
        return !last.equals(after.getAndSet(last));
    }

    private static Uni<JsonNode> unlessGone(Uni<JsonNode> call) {
        return call.onFailure(Refusal.class).recoverWithItem(MissingNode.getInstance());
    }

    private Uni<JsonNode> call(String what, Call call) {
        return authorization()
                .chain(key -> call.with(key.orElse(null)))
                .onFailure(WebApplicationException.class)
                .transform(failure -> told(what, (WebApplicationException) failure));
    }

    private Uni<Optional<String>> authorization() {
        if (settings.key().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        String reference = settings.key().get();
        return keys.find(reference)
                .map(
                        key ->
                                Optional.of(
                                        "Bearer "
                                                + key.orElseThrow(
                                                        () ->
                                                                new Refusal(
                                                                        "nothing, it was not asked",
                                                                        "there is no key "
                                                                                + reference))));
    }

    /** Time-outs, conflicts, too many requests and faults of the host pass. */
    private static Throwable told(String what, WebApplicationException failure) {
        Response answer = failure.getResponse();
        int status = answer.getStatus();
        if (status >= 500 || status == 408 || status == 409 || status == 429) {
            return ProblemException.unavailable("The provider answered " + status + ".");
        }
        return new Refusal(what, status + " " + answer.readEntity(String.class));
    }

    private static String id(String what, JsonNode answer) {
        String id = answer.path("id").asText();
        if (id.isEmpty()) {
            throw new Refusal(what, "its answer names no id");
        }
        return id;
    }
}
