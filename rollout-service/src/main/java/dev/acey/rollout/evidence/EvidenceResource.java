package dev.acey.rollout.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.kit.json.JsonConventions;
import dev.acey.kit.page.Query;
import dev.acey.rollout.staged.Dossier;
import dev.acey.rollout.staged.Rollouts;
import dev.acey.rollout.stored.JsonText;
import dev.acey.rollout.tick.TickRows;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

/** {@code /api/rollouts/{id}/evidence}. */
@Path("/api/rollouts/{id}/evidence")
@Tag(name = "Rollouts")
class EvidenceResource {

    static final String FORMAT = "acey-evidence/1";

    private final Rollouts rollouts;
    private final TickRows ticks;

    EvidenceResource(Rollouts rollouts, TickRows ticks) {
        this.rollouts = rollouts;
        this.ticks = ticks;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "All that the guard's verdicts on a rollout were made of",
            description =
                    "One document: configuration, plan, what let it begin, what its models had"
                            + " learned from, steps and approvals, and, tick by tick, the counts of each arm and the verdict, so that"
                            + " each can be computed again.")
    public RestMulti<byte[]> evidence(@PathParam("id") String text) {
        UUID id = Query.idInPath(text, "rollout");
        Multi<byte[]> document =
                rollouts.dossier(id)
                        .flatMap(dossier -> head(id, dossier))
                        .onItem()
                        .transformToMulti(head -> document(id, head));
        return RestMulti.fromMultiData(document).encodeAsJsonArray(false).build();
    }

    private record Head(Dossier dossier, long lastTick) {}

    private Uni<Head> head(UUID id, Dossier dossier) {
        return ticks.last(id).map(last -> new Head(dossier, last));
    }

    private Multi<byte[]> document(UUID id, Head head) {
        String beginning =
                "{\"format\": \"" + FORMAT + "\", \"rollout\": " + JsonText.write(head.dossier());
        AtomicBoolean first = new AtomicBoolean(true);
        EvidenceDigest digest = new EvidenceDigest();
        digest.add(JsonText.read(JsonText.write(head.dossier()), JsonNode.class));
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(beginning + ", \"ticks\": ["),
                        ticks.upTo(id, head.lastTick())
                                .map(row -> line(head.dossier(), row))
                                .invoke(line -> digest.add(JsonText.read(line, JsonNode.class)))
                                .map(line -> (first.getAndSet(false) ? "" : ",") + line),
                        Multi.createFrom()
                                .item(() -> "], \"digest\": \"" + digest.text() + "\"}\n"))
                .map(part -> part.getBytes(StandardCharsets.UTF_8));
    }

    private static String line(Dossier dossier, TickRows.TickRow row) {
        return """

                {"tick": %d, "since": "%s", "elapsedSeconds": %d, "counts": %s, "verdict": %s}"""
                .formatted(
                        row.tick(),
                        JsonConventions.format(row.since()),
                        dossier.configuration().elapsed(row.since(), row.tick()).toSeconds(),
                        row.counts(),
                        row.verdict());
    }
}
