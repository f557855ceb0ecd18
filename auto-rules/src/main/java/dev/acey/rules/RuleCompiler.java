package dev.acey.rules;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compiles a rule's expressions. Left out of CEL's standard functions is what depends on anything
 * but its arguments or differs between JDKs: times with time zones, printing of doubles.
 */
final class RuleCompiler {
    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .maxExpressionCodePointSize(Limits.MAX_EXPRESSION)
                    .maxParseRecursionDepth(Limits.MAX_EXPRESSION_DEPTH)
                    .build();

    private static final CelStandardDeclarations DECLARATIONS =
            CelStandardDeclarations.newBuilder()
                    .includeFunctions(
                            StandardFunction.CONDITIONAL,
                            StandardFunction.LOGICAL_AND,
                            StandardFunction.LOGICAL_OR,
                            StandardFunction.LOGICAL_NOT,
                            StandardFunction.NOT_STRICTLY_FALSE,
                            StandardFunction.EQUALS,
                            StandardFunction.NOT_EQUALS,
                            StandardFunction.LESS,
                            StandardFunction.LESS_EQUALS,
                            StandardFunction.GREATER,
                            StandardFunction.GREATER_EQUALS,
                            StandardFunction.ADD,
                            StandardFunction.SUBTRACT,
                            StandardFunction.MULTIPLY,
                            StandardFunction.DIVIDE,
                            StandardFunction.MODULO,
                            StandardFunction.NEGATE,
                            StandardFunction.INDEX,
                            StandardFunction.IN,
                            StandardFunction.SIZE,
                            StandardFunction.TYPE,
                            StandardFunction.DOUBLE,
                            StandardFunction.INT,
                            StandardFunction.STARTS_WITH,
                            StandardFunction.ENDS_WITH)
                    .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .setStandardEnvironmentEnabled(false)
                    .setStandardFunctions(
                            CelStandardFunctions.newBuilder()
                                    .excludeFunctions(
                                            CelStandardFunctions.StandardFunction.MATCHES,
                                            CelStandardFunctions.StandardFunction.CONTAINS)
                                    .build())
                    .addFunctionBindings(CelFunctions.bindings())
                    .build();

    private final RuleSource source;
    private final ExpressionFacts facts = new ExpressionFacts();

    private RuleCompiler(RuleSource source) {
        this.source = source;
    }

    /**
     * @throws RuleSetException naming line, rule and expression
     */
    static CompiledRule compile(RuleSource source) {
        return new RuleCompiler(source).compile();
    }

    private CompiledRule compile() {
        Rule rule = source.rule();
        CompiledRule.Expression when =
                expression("when", rule.when(), source.when(), SimpleType.BOOL);
        Map<String, CompiledRule.Expression> set = new TreeMap<>();
        rule.set()
                .forEach(
                        (field, text) ->
                                set.put(
                                        field,
                                        expression(
                                                "set." + field,
                                                text,
                                                source.set().get(field),
                                                SimpleType.DYN)));
        return new CompiledRule(rule, rule.filledReason(), when, set, facts);
    }

    private CompiledRule.Expression expression(
            String name, String text, SourceNode.Scalar where, CelType result) {
        CelValidationResult checked = compiler(result).compile(text);
        if (checked.hasError()) {
            CelIssue first = checked.getErrors().get(0);
            int line = Math.max(1, first.getSourceLocation().getLine());
            int column = Math.max(1, first.getSourceLocation().getColumn() + 1);
            throw source.expressionError(where, name, line, column, words(first.getMessage()));
        }
        try {
            CelAbstractSyntaxTree ast = checked.getAst();
            facts.read(ast.getExpr());
            return new CompiledRule.Expression(RUNTIME.createProgram(ast));
        } catch (CelValidationException | CelEvaluationException e) {
            throw source.expressionError(where, name, 1, 1, words(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw source.expressionError(where, name, 1, 1, e.getMessage());
        }
    }

    private CelCompiler compiler(CelType result) {
        boolean onIntents = source.rule().isOnIntents();
        StructType params = CelTypes.params(source.rule().params().keySet());
        CelCompilerBuilder builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardEnvironmentEnabled(false)
                        .setStandardDeclarations(DECLARATIONS)
                        .setStandardMacros(CelStandardMacro.HAS)
                        .addMacros(CelMacros.all())
                        .setTypeProvider(CelTypes.provider(params))
                        .setResultType(result)
                        .addFunctionDeclarations(CelFunctions.declarations())
                        .addVar(CelFunctions.CONTEXT, SimpleType.DYN)
                        .addVar("params", params)
                        .addVar("speech", SimpleType.STRING)
                        .addVar("output", CelTypes.OBJECT)
                        .addVar("intents", CelTypes.OBJECTS)
                        .addVar("toolCalls", CelTypes.OBJECTS)
                        .addVar("state", CelTypes.state(onIntents));
        if (onIntents) {
            builder.addVar("intent", CelTypes.OBJECT).addVar("intentType", SimpleType.STRING);
        }
        return builder.build();
    }

    private static String words(String message) {
        return Quote.line(message.replace(" (in container '')", ""));
    }
}
