package dev.acey.kit.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.kit.problem.FieldError;
import dev.acey.kit.problem.UnstorableJsonException;
import java.io.IOException;
import java.util.List;

/** Refuses, while reading, the trees and texts that {@link StorableJson} finds fault with. */
final class StorableNodes extends SimpleModule {

    private static final long serialVersionUID = 1L;

    StorableNodes() {
        super("acey-storable");
        addDeserializer(JsonNode.class, new Checked<>(JsonNode.class));
        addDeserializer(ObjectNode.class, new Checked<>(ObjectNode.class));
        addDeserializer(ArrayNode.class, new Checked<>(ArrayNode.class));
        addDeserializer(String.class, new CheckedText());
    }

    private static final class Checked<T extends JsonNode> extends StdDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient JsonDeserializer<? extends JsonNode> plain;
        private final transient Class<T> type;

        Checked(Class<T> type) {
            super(type);
            this.type = type;
            this.plain = JsonNodeDeserializer.getDeserializer(type);
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = plain.deserialize(in, context);
            List<FieldError> errors = StorableJson.check(node);
            if (!errors.isEmpty()) {
                throw new UnstorableJsonException(in, errors);
            }
            return type.cast(node);
        }

        @Override
        public T getNullValue(DeserializationContext context)
                throws com.fasterxml.jackson.databind.JsonMappingException {
            return type == JsonNode.class ? type.cast(plain.getNullValue(context)) : null;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }

    private static final class CheckedText extends StdDeserializer<String> {

        private static final long serialVersionUID = 1L;

        CheckedText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            String text = StringDeserializer.instance.deserialize(in, context);
            if (text != null && !StorableJson.isUnicode(text)) {
                throw new UnstorableJsonException(
                        in, List.of(new FieldError("", "holds half of a surrogate pair")));
            }
            return text;
        }
    }
}
