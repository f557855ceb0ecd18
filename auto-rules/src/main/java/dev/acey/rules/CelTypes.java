package dev.acey.rules;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The types of what a condition sees. State and parameters are structures with known fields, so
 * that a misspelt name is an error when the rule is written and not when it is needed.
 */
final class CelTypes {
    static final MapType OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);
    static final ListType OBJECTS = ListType.create(OBJECT);

    private static final StructType PERSONA =
            struct(
                    "@persona",
                    Map.of(
                            "mode", SimpleType.STRING,
                            "locked", SimpleType.BOOL,
                            "secondsSinceChange", SimpleType.DOUBLE));
    private static final StructType USER =
            struct(
                    "@user",
                    Map.of(
                            "score", SimpleType.DOUBLE,
                            "lastMinute", SimpleType.DOUBLE,
                            "lowestMinute", SimpleType.DOUBLE,
                            "highestMinute", SimpleType.DOUBLE));
    private static final StructType MEMORY =
            struct("@memory", Map.of("text", SimpleType.STRING, "ageSeconds", SimpleType.DOUBLE));
    private static final StructType MODERATION =
            struct(
                    "@moderation",
                    Map.of("justification", SimpleType.STRING, "ageSeconds", SimpleType.DOUBLE));
    private static final StructType OUTPUT_STATE =
            struct(
                    "@outputState",
                    Map.of(
                            "persona", PERSONA,
                            "memories", ListType.create(MEMORY),
                            "moderation", ListType.create(MODERATION)));
    private static final StructType INTENT_STATE =
            struct(
                    "@intentState",
                    Map.of(
                            "persona",
                            PERSONA,
                            "user",
                            USER,
                            "memories",
                            ListType.create(MEMORY),
                            "moderation",
                            ListType.create(MODERATION)));

    private CelTypes() {}

    static StructType state(boolean ofIntent) {
        return ofIntent ? INTENT_STATE : OUTPUT_STATE;
    }

    static StructType params(Set<String> names) {
        return StructType.create(
                "@params", ImmutableSet.copyOf(names), name -> Optional.of(SimpleType.DOUBLE));
    }

    static CelTypeProvider provider(StructType params) {
        ImmutableList<CelType> types =
                ImmutableList.of(
                        params, PERSONA, USER, MEMORY, MODERATION, OUTPUT_STATE, INTENT_STATE);
        return new CelTypeProvider() {
            @Override
            public ImmutableCollection<CelType> types() {
                return types;
            }

            @Override
            public Optional<CelType> findType(String name) {
                return types.stream().filter(type -> type.name().equals(name)).findFirst();
            }
        };
    }

    private static StructType struct(String name, Map<String, CelType> fields) {
        ImmutableMap<String, CelType> types = ImmutableMap.copyOf(fields);
        return StructType.create(
                name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
    }
}
