package dev.acey.simulation.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.kit.problem.Problem;
import dev.acey.kit.problem.ProblemException;
import jakarta.inject.Singleton;
import java.io.IOException;

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
     * Reads a command strictly: a field it does not have is refused.
     *
     * @throws ProblemException 400 for what is not such a command, 413 for more than {@link
     *     #MOST_BYTES}
     * @throws JsonProcessingException for what is not such a document
     */
    public <T> T read(byte[] body, Class<T> command) throws JsonProcessingException {
        if (body.length > MOST_BYTES) {
            throw new ProblemException(
                    Problem.of(413, "The body is larger than the " + MOST_BYTES + " bytes taken."));
        }
        T read = parse(body, command);
        if (read == null) {
            throw ProblemException.invalid("", "must be a JSON object");
        }
        return read;
    }

    private <T> T parse(byte[] body, Class<T> command) throws JsonProcessingException {
        try {
            return json.readValue(body, command);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw ProblemException.invalid("", "must be JSON in UTF-8");
        }
    }
}
