package dev.acey.rules;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The functions a condition may call beside CEL's own: each pure, each charging its work. What a
 * rule writes as {@code remembers(text, 20)} becomes {@code @remembers(@context, text, 20)} when it
 * is parsed ({@link CelMacros}); a name with {@code @} cannot be written by hand.
 */
final class CelFunctions {
    /** The hidden first argument: the {@link Evaluation} going on. */
    static final String CONTEXT = "@context";

    static final String RANGE = "@range";

    private static final TypeParamType A = TypeParamType.create("A");
    private static final TypeParamType B = TypeParamType.create("B");
    private static final CelType TEXT = SimpleType.STRING;
    private static final CelType NUMBER = SimpleType.DOUBLE;
    private static final CelType BOOL = SimpleType.BOOL;

    private static final List<BoundFunction> ALL =
            List.of(
                    function(
                            "@matches",
                            BOOL,
                            v -> in(v).context().matches(in(v).text(0), in(v).text(1)),
                            TEXT,
                            TEXT),
                    function(
                            "@contains",
                            BOOL,
                            v -> in(v).contains(in(v).text(0), in(v).text(1)),
                            TEXT,
                            TEXT),
                    function(
                            "@containsAny",
                            BOOL,
                            v -> in(v).containsAny(in(v).text(0), in(v).list(1)),
                            TEXT,
                            ListType.create(TEXT)),
                    function("@digits", NUMBER, v -> (double) Text.digits(in(v).text(0)), TEXT),
                    function("@hasCardNumber", BOOL, v -> in(v).hasCardNumber(in(v).text(0)), TEXT),
                    function("@hasEmail", BOOL, v -> Contacts.hasEmail(in(v).text(0)), TEXT),
                    function("@hasIban", BOOL, v -> in(v).hasIban(in(v).text(0)), TEXT),
                    function(
                            "@remembers",
                            BOOL,
                            v -> in(v).context().remembers(in(v).text(0), in(v).count(1)),
                            TEXT,
                            NUMBER),
                    function(
                            "@moderated",
                            BOOL,
                            v ->
                                    in(v).context()
                                            .moderated(
                                                    in(v).text(0), in(v).count(1), in(v).number(2)),
                            TEXT,
                            NUMBER,
                            NUMBER),
                    function(
                            "@clampSum",
                            NUMBER,
                            v ->
                                    Decimals.clampSum(
                                            in(v).number(0),
                                            Decimals.of(in(v).number(1)),
                                            in(v).number(2),
                                            in(v).number(3)),
                            NUMBER,
                            NUMBER,
                            NUMBER,
                            NUMBER));

    private CelFunctions() {}

    /** How many arguments the functions take that a rule calls without a receiver, by name. */
    static Map<String, Integer> globalCalls() {
        return Map.of(
                "containsAny", 2,
                "digits", 1,
                "hasCardNumber", 1,
                "hasEmail", 1,
                "hasIban", 1,
                "remembers", 2,
                "moderated", 3,
                "clampSum", 4);
    }

    private record BoundFunction(CelFunctionDecl declaration, CelFunctionBinding binding) {}

    static List<CelFunctionDecl> declarations() {
        ImmutableList.Builder<CelFunctionDecl> all = ImmutableList.builder();
        ALL.forEach(function -> all.add(function.declaration()));
        MapType map = MapType.create(A, B);
        ListType list = ListType.create(A);
        return all.add(
                        CelFunctionDecl.newFunctionDeclaration(
                                RANGE,
                                CelOverloadDecl.newGlobalOverload(
                                        "@range_list", list, SimpleType.DYN, list),
                                CelOverloadDecl.newGlobalOverload(
                                        "@range_map", map, SimpleType.DYN, map)))
                .build();
    }

    static List<CelFunctionBinding> bindings() {
        ImmutableList.Builder<CelFunctionBinding> all = ImmutableList.builder();
        ALL.forEach(function -> all.add(function.binding()));
        return all.add(
                        CelFunctionBinding.from(
                                "@range_list",
                                Evaluation.class,
                                Collection.class,
                                (context, range) -> {
                                    context.chargeRange(range.size());
                                    return range;
                                }),
                        CelFunctionBinding.from(
                                "@range_map",
                                Evaluation.class,
                                Map.class,
                                (context, range) -> {
                                    context.chargeRange(range.size());
                                    return range;
                                }))
                .build();
    }

    private static BoundFunction function(
            String name, CelType result, CelFunctionOverload body, CelType... arguments) {
        ImmutableList.Builder<CelType> types = ImmutableList.builder();
        ImmutableList.Builder<Class<?>> classes = ImmutableList.builder();
        types.add(SimpleType.DYN);
        classes.add(Evaluation.class);
        for (CelType type : arguments) {
            types.add(type);
            classes.add(
                    type.equals(TEXT)
                            ? String.class
                            : type.equals(NUMBER) ? Double.class : List.class);
        }
        return new BoundFunction(
                CelFunctionDecl.newFunctionDeclaration(
                        name, CelOverloadDecl.newGlobalOverload(name, result, types.build())),
                CelFunctionBinding.from(name, classes.build(), body));
    }

    private static CelArguments in(Object[] values) {
        return new CelArguments(values);
    }
}
