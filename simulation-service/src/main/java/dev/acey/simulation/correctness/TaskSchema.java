package dev.acey.simulation.correctness;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.InvalidSchemaException;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.InputStreamSource;
import java.util.Locale;
import java.util.Set;

/**
 * A JSON Schema of draft 2020-12. It can refer to itself and to its draft, to nothing else, and its
 * patterns are RE2's, whose time is linear.
 */
final class TaskSchema {

    private static final String OF_THE_DRAFT = "classpath:/?draft/2020-12/.*";

    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder()
                    .regularExpressionFactory(TaskSchema::pattern)
                    .pathType(PathType.JSON_POINTER)
                    .locale(Locale.ROOT)
                    .build();

    private static final JsonSchemaFactory FACTORY =
            JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(VersionFlag.V202012))
                    .enableSchemaCache(false)
                    .schemaLoaders(loaders -> loaders.add(iri -> refuseStrangers(iri.toString())))
                    .build();

    private final JsonSchema schema;

    private TaskSchema(JsonSchema schema) {
        this.schema = schema;
    }

    /** A schema that is none. */
    static final class BadSchemaException extends Exception {

        private static final long serialVersionUID = 1L;

        BadSchemaException(String message) {
            super(message);
        }
    }

    /**
     * @throws BadSchemaException saying why this is no schema that can be used
     */
    static TaskSchema of(JsonNode json) throws BadSchemaException {
        try {
            JsonSchema draft = FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012), CONFIG);
            Set<ValidationMessage> faults = draft.validate(json);
            if (!faults.isEmpty()) {
                throw new BadSchemaException(faults.iterator().next().getMessage());
            }
            JsonSchema schema = FACTORY.getSchema(json, CONFIG);
            schema.initializeValidators();
            return new TaskSchema(schema);
        } catch (JsonSchemaException | PatternSyntaxException e) {
            throw new BadSchemaException(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw new BadSchemaException("it refers to itself without end");
        }
    }

    /** What the schema says is wrong; empty for nothing. */
    String fault(JsonNode output) {
        try {
            Set<ValidationMessage> faults = schema.validate(output);
            return faults.isEmpty() ? "" : faults.iterator().next().getMessage();
        } catch (StackOverflowError e) {
            return "the schema refers to itself without end";
        }
    }

    private static RegularExpression pattern(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return value -> pattern.matcher(value).find();
    }

    /** Null leaves it to the loader of the draft's own documents. */
    private static InputStreamSource refuseStrangers(String iri) {
        if (iri.matches(OF_THE_DRAFT)) {
            return null;
        }
        throw new InvalidSchemaException(
                ValidationMessage.builder()
                        .message("it refers to {0}; it can refer to itself only")
                        .arguments(iri)
                        .build());
    }
}
