package dev.acey.rules;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rewrites calls while an expression is parsed: loops announce the size of what they run over,
 * regular expressions are checked, and our functions get the evaluation they belong to.
 */
final class CelMacros {
    private static final List<CelStandardMacro> LOOPS =
            List.of(
                    CelStandardMacro.ALL,
                    CelStandardMacro.EXISTS,
                    CelStandardMacro.EXISTS_ONE,
                    CelStandardMacro.MAP,
                    CelStandardMacro.MAP_FILTER,
                    CelStandardMacro.FILTER);

    private CelMacros() {}

    static List<CelMacro> all() {
        List<CelMacro> macros = new ArrayList<>();
        LOOPS.forEach(loop -> macros.add(counted(loop.getDefinition())));
        macros.add(
                CelMacro.newReceiverMacro(
                        "matches",
                        1,
                        (f, text, args) -> Optional.of(matches(f, text, args.get(0)))));
        macros.add(
                CelMacro.newReceiverMacro(
                        "contains",
                        1,
                        (f, text, args) ->
                                Optional.of(call(f, "contains", List.of(text, args.get(0))))));
        CelFunctions.globalCalls()
                .forEach(
                        (name, arguments) ->
                                macros.add(
                                        CelMacro.newGlobalMacro(
                                                name,
                                                arguments,
                                                (f, none, args) ->
                                                        Optional.of(call(f, name, args)))));
        return macros;
    }

    private static CelMacro counted(CelMacro loop) {
        return CelMacro.newReceiverMacro(
                loop.getFunction(),
                loop.getArgumentCount(),
                (f, range, args) ->
                        loop.getExpander()
                                .expandMacro(
                                        f,
                                        f.newGlobalCall(
                                                CelFunctions.RANGE,
                                                f.newIdentifier(CelFunctions.CONTEXT),
                                                range),
                                        args));
    }

    private static CelExpr matches(CelMacroExprFactory f, CelExpr text, CelExpr pattern) {
        if (pattern.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return f.reportError("the regular expression of matches must be a literal text");
        }
        try {
            PatternLimit.compile(pattern.constant().stringValue());
        } catch (IllegalArgumentException e) {
            return f.reportError(e.getMessage().replace("%", "%%"));
        }
        return call(f, "matches", List.of(text, pattern));
    }

    private static CelExpr call(CelMacroExprFactory f, String name, List<CelExpr> args) {
        List<CelExpr> all = new ArrayList<>();
        all.add(f.newIdentifier(CelFunctions.CONTEXT));
        args.forEach(arg -> all.add(withNumbersAsDouble(f, arg)));
        return f.newGlobalCall("@" + name, all);
    }

    /** All numbers are doubles here, so {@code 20} means {@code 20.0}. */
    private static CelExpr withNumbersAsDouble(CelMacroExprFactory f, CelExpr arg) {
        boolean isInt =
                arg.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && arg.constant().getKind() == CelConstant.Kind.INT64_VALUE;
        return isInt ? f.newDoubleLiteral(arg.constant().int64Value()) : arg;
    }
}
