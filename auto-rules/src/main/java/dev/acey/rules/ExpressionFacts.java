package dev.acey.rules;

import com.google.re2j.Pattern;
import dev.cel.common.ast.CelExpr;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a rule's expressions without evaluating them: what they see, and how large they
 * are.
 */
final class ExpressionFacts {
    private static final Map<String, Part> VARIABLES =
            Map.of(
                    "intent", Part.INTENT,
                    "intentType", Part.INTENT_TYPE,
                    "speech", Part.SPEECH,
                    "output", Part.OUTPUT,
                    "intents", Part.OUTPUT,
                    "toolCalls", Part.OUTPUT);
    private static final Map<String, Part> STATE =
            Map.of(
                    "persona", Part.PERSONA,
                    "user", Part.USER,
                    "memories", Part.MEMORIES,
                    "moderation", Part.MODERATION);
    private static final Map<String, Part> LOOKUPS =
            Map.of("@remembers", Part.MEMORY_LOOKUP, "@moderated", Part.MODERATION_LOOKUP);

    private final EnumSet<Part> seen = EnumSet.noneOf(Part.class);
    private final Map<String, Pattern> patterns = new HashMap<>();
    private int size;
    private int concatenations;
    private int absorbing;

    Set<Part> seen() {
        return seen;
    }

    /** A regular expression of the rule, compiled. */
    Pattern pattern(String literal) {
        return patterns.get(literal);
    }

    boolean needsState() {
        return seen.stream().anyMatch(Part::isState);
    }

    /** Whether nothing but an intent's type decides. */
    boolean dependsOnTypeAlone() {
        return seen.equals(EnumSet.of(Part.INTENT_TYPE));
    }

    /**
     * The most work one evaluation can be outside loops and functions, which charge their own: each
     * operation may touch everything visible, a concatenation makes more of it, and each {@code ||}
     * and {@code &&} may go on after a failure.
     *
     * @param visible size of what the rule sees
     */
    long cost(long visible) {
        return size * (1 + visible * (1 + 4L * concatenations) / 6)
                + absorbing * Work.ABSORBED_FAILURE;
    }

    /**
     * @throws IllegalArgumentException for {@code state} without a part of it
     */
    void read(CelExpr expr) {
        size++;
        switch (expr.getKind()) {
            case IDENT -> ident(expr.ident().name());
            case SELECT -> select(expr.select());
            case CALL -> {
                CelExpr.CelCall call = expr.call();
                switch (call.function()) {
                    case "_+_" -> concatenations++;
                    case "_||_", "_&&_" -> absorbing++;
                    default -> {
                        // touches what is visible, no more
                    }
                }
                if (LOOKUPS.containsKey(call.function())) {
                    seen.add(LOOKUPS.get(call.function()));
                }
                if (call.function().equals("@matches")) {
                    String literal = call.args().get(2).constant().stringValue();
                    patterns.put(literal, PatternLimit.compile(literal));
                }
                call.target().ifPresent(this::read);
                call.args().forEach(this::read);
            }
            case LIST -> expr.list().elements().forEach(this::read);
            case MAP ->
                    expr.map()
                            .entries()
                            .forEach(
                                    entry -> {
                                        read(entry.key());
                                        read(entry.value());
                                    });
            case COMPREHENSION -> {
                CelExpr.CelComprehension loop = expr.comprehension();
                read(loop.iterRange());
                read(loop.accuInit());
                read(loop.loopCondition());
                read(loop.loopStep());
                read(loop.result());
            }
            case STRUCT -> throw new IllegalArgumentException("a structure cannot be made here");
            default -> {
                // constants see nothing
            }
        }
    }

    private void select(CelExpr.CelSelect select) {
        CelExpr operand = select.operand();
        if (operand.getKind() == CelExpr.ExprKind.Kind.IDENT
                && operand.ident().name().equals("state")
                && STATE.containsKey(select.field())) {
            seen.add(STATE.get(select.field()));
            size++;
        } else {
            read(operand);
        }
    }

    private void ident(String name) {
        if (name.equals("state")) {
            throw new IllegalArgumentException(
                    "name what of state is meant: state.persona, state.user, …");
        }
        if (VARIABLES.containsKey(name)) {
            seen.add(VARIABLES.get(name));
        }
    }
}
