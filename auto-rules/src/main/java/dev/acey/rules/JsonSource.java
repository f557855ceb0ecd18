package dev.acey.rules;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads JSON (RFC 8259), keeping lines. */
final class JsonSource {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Limits.MAX_SOURCE_DEPTH)
                                    .maxNumberLength(100)
                                    .build())
                    .build();

    private JsonSource() {}

    static SourceNode parse(String source) {
        try (JsonParser parser = FACTORY.createParser(source)) {
            parser.nextToken();
            SourceNode root = value(parser);
            if (parser.nextToken() != null) {
                throw new RuleSetException("something follows the rule set", line(parser), null);
            }
            return root;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            throw new RuleSetException("not JSON: " + e.getOriginalMessage(), line, null);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }

    private static SourceNode value(JsonParser parser) throws IOException {
        int line = line(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, line);
            case START_ARRAY -> {
                List<SourceNode> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield new SourceNode.Sequence(line, items);
            }
            case VALUE_STRING -> new SourceNode.Scalar(line, parser.getText(), false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    new SourceNode.Scalar(line, parser.getDoubleValue(), false);
            case VALUE_TRUE -> new SourceNode.Scalar(line, true, false);
            case VALUE_FALSE -> new SourceNode.Scalar(line, false, false);
            default -> new SourceNode.Scalar(line, null, false);
        };
    }

    private static SourceNode mapping(JsonParser parser, int line) throws IOException {
        SourceNode.Mapping mapping =
                new SourceNode.Mapping(line, new LinkedHashMap<>(), new LinkedHashMap<>());
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int nameLine = line(parser);
            parser.nextToken();
            SourceNode.put(mapping, name, nameLine, value(parser));
        }
        return mapping;
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
