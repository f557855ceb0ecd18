package dev.acey.simulation.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.json.StorableJson;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;

/** Reads a command from the bytes of a body. */
@Singleton
public class JsonBody {

    /** Bytes of a body that holds an output or two. */
    public static final int MOST_BYTES = 1 << 20;

    private final ObjectMapper json;

    JsonBody(ObjectMapper json) {
        this.json = json;
    }

    /**
     * @throws ProblemException 400 for what is no JSON object or breaks a rule of the command, 413
     *     for more than {@link #MOST_BYTES}
     */
    public <T> T read(byte[] body, Class<T> command) throws JsonProcessingException {
        if (body.length > MOST_BYTES) {
            throw new ProblemException(
                    Problem.of(413, "The body is larger than the " + MOST_BYTES + " bytes taken."));
        }
        JsonNode tree = tree(body);
        if (!(tree instanceof ObjectNode)) {
            throw ProblemException.invalid("", "must be a JSON object");
        }
        List<FieldError> unstorable = StorableJson.check(tree);
        if (!unstorable.isEmpty()) {
            throw ProblemException.invalid(unstorable);
        }
        return json.treeToValue(tree, command);
    }

    private JsonNode tree(byte[] body) throws JsonProcessingException {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw ProblemException.invalid("", "must be JSON in UTF-8");
        }
    }
}
