package dev.acey.simulation.simulate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.entry.InvalidEntryException;
import dev.acey.kit.entry.LogEntry;
import dev.acey.kit.entry.LogEntryReader;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import dev.acey.simulation.cases.NewCase;
import dev.acey.simulation.output.OutputForm;
import dev.acey.simulation.sample.Selection;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client asks for: calls given, or a selection of logged ones.
 *
 * @param cases null with a selection
 * @param selection null with calls given
 */
record SimulateRequest(List<NewCase> cases, Selection selection, SimulationConfig config) {

    /** Calls that can be given at once. */
    static final int MOST_LOGS = 10_000;

    private static final int ERRORS_SHOWN = 100;

    SimulateRequest {
        if ((cases == null) == (selection == null)) {
            throw ProblemException.invalid(
                    cases == null ? "/logs" : "/select",
                    cases == null
                            ? "is required, unless select says which logged calls to replay"
                            : "must not be given together with logs");
        }
        if (selection == null && config.baselineModel() != null) {
            throw ProblemException.invalid(
                    "/config/baselineModel", "goes with select: it says which calls are drawn");
        }
        selection = selection == null ? null : selection.seeded(config.seed());
    }

    /**
     * Reads a body log by log, so that memory holds each only as the bytes that are stored.
     *
     * @throws ProblemException naming what breaks a rule, down to {@code /logs/17/taskType}
     * @throws com.fasterxml.jackson.core.JsonProcessingException for what is not such a document
     */
    static SimulateRequest read(ObjectMapper json, byte[] body) throws IOException {
        ObjectReader parts = json.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        try (JsonParser in = json.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw ProblemException.invalid("", "must be a JSON object");
            }
            List<NewCase> cases = null;
            Selection selection = null;
            SimulationConfig config = null;
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String field = in.currentName();
                in.nextToken();
                try {
                    switch (field) {
                        case "logs" -> cases = logs(json, parts, in);
                        case "select" -> selection = parts.readValue(in, Selection.class);
                        case "config" -> config = parts.readValue(in, SimulationConfig.class);
                        default -> throw unknown(field);
                    }
                } catch (JsonMappingException e) {
                    e.prependPath(SimulateRequest.class, field);
                    throw e;
                }
            }
            if (in.nextToken() != null) {
                throw ProblemException.invalid("", "must be one JSON document");
            }
            return new SimulateRequest(
                    cases, selection, config == null ? SimulationConfig.DEFAULTS : config);
        } catch (CharConversionException e) {
            throw ProblemException.invalid("", "must be JSON in UTF-8");
        }
    }

    private static ProblemException unknown(String field) {
        return ProblemException.invalid(
                FieldError.child("", field), "there is no such field; did you misspell it?");
    }

    private static List<NewCase> logs(ObjectMapper json, ObjectReader parts, JsonParser in)
            throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw ProblemException.invalid("/logs", "must be an array");
        }
        List<NewCase> cases = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (cases.size() == MOST_LOGS) {
                throw tooMany();
            }
            JsonNode log = log(parts, in, cases.size());
            String pointer = "/logs/" + cases.size();
            cases.add(errors.size() < ERRORS_SHOWN ? read(json, log, pointer, errors) : null);
        }
        if (cases.isEmpty()) {
            errors.add(new FieldError("/logs", "must not be empty"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return cases;
    }

    private static JsonNode log(ObjectReader parts, JsonParser in, int index) throws IOException {
        try {
            return parts.readValue(in, JsonNode.class);
        } catch (JsonMappingException e) {
            e.prependPath(List.class, index);
            throw e;
        }
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                Problem.of(
                        413,
                        "More logs than can be given at once.",
                        List.of(new FieldError("/logs", "must be at most " + MOST_LOGS))));
    }

    private static NewCase read(
            ObjectMapper json, JsonNode log, String pointer, List<FieldError> errors)
            throws IOException {
        JsonNode candidate =
                log instanceof ObjectNode object ? object.remove("candidateOutput") : null;
        if (candidate != null && !candidate.isNull()) {
            errors.addAll(OutputForm.check(pointer + "/candidateOutput", candidate));
        }
        try {
            LogEntry entry = LogEntryReader.read(log);
            ObjectNode output = candidate instanceof ObjectNode given ? given : null;
            return NewCase.of(json, entry, output, null);
        } catch (InvalidEntryException e) {
            e.problem().errors().forEach(error -> errors.add(below(pointer, error)));
            return null;
        }
    }

    private static FieldError below(String pointer, FieldError error) {
        return new FieldError(pointer + error.pointer(), error.detail());
    }
}
