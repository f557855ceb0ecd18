package dev.acey.simulation.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.acey.kit.job.Job;
import dev.acey.simulation.cases.CaseStore;
import dev.acey.simulation.cases.StoredCase;
import dev.acey.simulation.drift.Drift;
import dev.acey.simulation.verdict.ReferenceDrift;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Gathers reports. What a simulation keeps of its result names cases and quotes nothing; their
 * words are read from the cases now, so that what was erased is in no report.
 */
@Singleton
class Reports {

    private final CaseStore cases;
    private final ObjectReader lenient;
    private final ObjectMapper json;
    private final Vertx vertx;

    Reports(CaseStore cases, ObjectMapper json, Vertx vertx) {
        this.cases = cases;
        this.json = json;
        this.vertx = vertx;
        this.lenient =
                json.reader()
                        .without(
                                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }

    /** The report of a simulation that is completed. */
    Uni<Report> of(Job job) {
        UUID simulation = UUID.fromString(job.name());
        JsonNode result = job.result();
        Drift drift = part(result, "drift", Drift.class);
        ReferenceDrift reference = part(result, "referenceDrift", ReferenceDrift.class);
        Drift fromReference = reference == null ? null : reference.overall();
        Set<Integer> positions = new TreeSet<>();
        result.path("worstCases").forEach(one -> positions.add(one.path("position").asInt()));
        positions.addAll(positions(drift));
        positions.addAll(positions(fromReference));
        return cases.at(simulation, positions)
                .chain(
                        stored ->
                                vertx.executeBlocking(
                                        () -> report(job, drift, fromReference, stored), false));
    }

    /** A part of a result, read as far as it has what is asked for; null where it is missing. */
    <T> T part(JsonNode result, String name, Class<T> type) {
        JsonNode part = result.path(name);
        try {
            return part.isMissingNode() || part.isNull()
                    ? null
                    : lenient.forType(type).readValue(part);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored result is unreadable", e);
        }
    }

    private Report report(Job job, Drift drift, Drift fromReference, List<StoredCase> stored) {
        Map<Integer, StoredCase> byPosition = new LinkedHashMap<>();
        stored.forEach(one -> byPosition.put(one.position(), one));
        List<SideBySide> worst = new ArrayList<>();
        for (JsonNode one : job.result().path("worstCases")) {
            StoredCase found = byPosition.get(one.path("position").asInt());
            if (found != null && found.result() != null) {
                worst.add(
                        SideBySide.of(
                                found.toCase(json),
                                found.toResult(json),
                                one.path("why").asText()));
            }
        }
        return new Report(
                UUID.fromString(job.name()),
                job.createdAt(),
                job.endedAt(),
                job.config(),
                job.result(),
                List.copyOf(worst),
                examples(drift, byPosition),
                examples(fromReference, byPosition));
    }

    private List<ShownExample> examples(Drift drift, Map<Integer, StoredCase> stored) {
        List<ShownExample> shown = new ArrayList<>();
        if (drift != null) {
            for (Drift.DriftFeature feature : drift.features()) {
                for (Drift.Example example : feature.examples()) {
                    StoredCase found =
                            example.position() == null ? null : stored.get(example.position());
                    shown.add(
                            ShownExample.of(
                                    feature.name(),
                                    example,
                                    found == null ? null : found.toCase(json)));
                }
            }
        }
        return List.copyOf(shown);
    }

    private static Set<Integer> positions(Drift drift) {
        Set<Integer> positions = new TreeSet<>();
        if (drift != null) {
            drift.features()
                    .forEach(
                            feature ->
                                    feature.examples().stream()
                                            .map(Drift.Example::position)
                                            .filter(position -> position != null)
                                            .forEach(positions::add));
        }
        return positions;
    }
}
