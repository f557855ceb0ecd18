package dev.acey.bench.hostile;

import static dev.acey.bench.hostile.HostileOutputs.intents;
import static dev.acey.bench.hostile.HostileOutputs.list;
import static dev.acey.bench.hostile.HostileOutputs.memories;
import static dev.acey.bench.hostile.HostileOutputs.remembering;
import static dev.acey.bench.hostile.HostileOutputs.signals;
import static dev.acey.bench.hostile.HostileOutputs.speech;
import static dev.acey.bench.hostile.HostileOutputs.text;
import static dev.acey.bench.hostile.HostileOutputs.twins;
import static dev.acey.bench.hostile.HostileOutputs.types;
import static dev.acey.bench.hostile.HostileOutputs.wide;
import static dev.acey.bench.hostile.HostileSets.each;
import static dev.acey.bench.hostile.HostileSets.matching;
import static dev.acey.bench.hostile.HostileSets.setting;
import static dev.acey.bench.hostile.HostileSets.terms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Rules and an output that together make much work, each within the limits. */
record HostileCase(
        String name, Supplier<RuleSet> rules, Supplier<JsonNode> output, RuleState state) {

    private static final String ALTERNATIVES =
            "(a*b{0,1}|a*b{0,2}|a*b{0,3}|a*b{0,4}|a*b{0,5}|a*c{0,5}|a*d{0,5}|a*e{0,5})*z";

    private HostileCase(String name, Supplier<RuleSet> rules, Supplier<JsonNode> output) {
        this(name, rules, output, RuleState.neutral());
    }

    static List<HostileCase> all() {
        List<HostileCase> all = new ArrayList<>(shipped());
        all.addAll(functions());
        all.addAll(expressions());
        all.addAll(changes());
        all.addAll(patterns());
        return all;
    }

    private static List<HostileCase> shipped() {
        Supplier<RuleSet> shipped = RuleSet::shipped;
        return List.of(
                new HostileCase(
                        "shipped: a thousand memories",
                        shipped,
                        () -> memories(1_000),
                        remembering("memory")),
                new HostileCase("shipped: a thousand signals", shipped, () -> signals(1_000)),
                new HostileCase("shipped: IBANs that are none", shipped, () -> speech("AA11 ")),
                new HostileCase("shipped: cards that are none", shipped, () -> speech("44 ")),
                new HostileCase("shipped: addresses", shipped, () -> speech("a@")),
                new HostileCase("shipped: digits", shipped, () -> speech("123-45-678 ")));
    }

    private static List<HostileCase> functions() {
        RuleState alike = remembering("m".repeat(1_990));
        String almost = "m".repeat(1_990) + "x";
        return List.of(
                new HostileCase(
                        "IBANs", () -> terms("speech", "hasIban(speech)"), () -> speech("AA11 ")),
                new HostileCase(
                        "cards",
                        () -> terms("speech", "hasCardNumber(speech)"),
                        () -> speech("44 ")),
                new HostileCase(
                        "addresses",
                        () -> terms("speech", "hasEmail(speech)"),
                        () -> speech("a@b.c")),
                new HostileCase(
                        "digits", () -> terms("speech", "digits(speech)<0.0"), () -> speech("7€")),
                new HostileCase(
                        "code points", () -> terms("speech", "size(speech)<0"), () -> speech("ä€")),
                new HostileCase(
                        "remembered texts",
                        () -> terms("speech", "remembers(speech,2000)"),
                        () -> text(almost),
                        alike),
                new HostileCase(
                        "moderated texts",
                        () -> terms("speech", "moderated(speech,2000,300)"),
                        () -> text(almost),
                        alike));
    }

    private static List<HostileCase> expressions() {
        return List.of(
                new HostileCase("plain rules", () -> each("a", "1.0<0.0"), () -> intents(1_000)),
                new HostileCase(
                        "long rules",
                        () -> each("a", "size([" + "1.0,".repeat(130) + "1.0])<0"),
                        () -> intents(1_000)),
                new HostileCase("failing rules", () -> each("a", "intent.x"), () -> intents(1_000)),
                new HostileCase(
                        "failures gone on after",
                        () -> terms("a", "intent.x"),
                        () -> intents(1_000)),
                new HostileCase(
                        "failures in a loop",
                        () -> each("output", "intents.exists(i,i.x||i.y||i.z)"),
                        () -> intents(1_000)),
                new HostileCase("findings", () -> each("a", "true"), () -> intents(50)),
                new HostileCase(
                        "loops",
                        () -> each("output", "intents.exists(i,i.type=='b')"),
                        () -> intents(1_000)),
                new HostileCase(
                        "loops in loops",
                        () -> each("output", "intents.all(a,intents.all(b,a.type==b.type))"),
                        () -> intents(60)),
                new HostileCase(
                        "an output compared with itself",
                        () -> terms("output", "output!=output"),
                        () -> wide(20_000)),
                new HostileCase(
                        "two parts compared",
                        () -> terms("output", "output.a!=output.b"),
                        () -> twins(10_000)),
                new HostileCase(
                        "members of a list",
                        () -> terms("output", "7.5 in output.l"),
                        () -> list(49_000)),
                new HostileCase(
                        "concatenations",
                        () -> each("speech", "size(" + "speech+".repeat(30) + "speech)<0"),
                        () -> speech("€")),
                new HostileCase(
                        "a list of long texts",
                        () -> each("speech", "size([1,2,3,4,5,6,7,8].map(x,speech+speech))<0"),
                        () -> speech("€")));
    }

    private static List<HostileCase> changes() {
        return List.of(
                new HostileCase(
                        "fields set on a wide output",
                        () -> setting("f%d", "has(output.x)"),
                        () -> wide(20_000)),
                new HostileCase(
                        "an output set into itself",
                        () -> setting("f%d", "output"),
                        () -> list(1_000)),
                new HostileCase(
                        "a speech that doubles",
                        () -> setting("speech", "speech+speech"),
                        () -> speech("€")));
    }

    private static List<HostileCase> patterns() {
        return List.of(
                new HostileCase(
                        "pattern: optional parts",
                        () -> matching("(a?){300}(a|b)*c"),
                        () -> speech("a")),
                new HostileCase(
                        "pattern: optional parts, all allowed",
                        () -> matching("(a?){300}(a|b)*c"),
                        () -> text("a".repeat(25_000))),
                new HostileCase(
                        "pattern: alternatives", () -> matching(ALTERNATIVES), () -> speech("ab")),
                new HostileCase(
                        "pattern: any case",
                        () -> matching("(?i)(ä|€|k|s)*(ß|ſ|K){30}y"),
                        () -> speech("€ä")),
                new HostileCase(
                        "pattern: classes",
                        () -> matching("([\\\\p{L}\\\\p{N}\\\\p{S}]?){20}[^\\\\x00-\\\\x{10FFFF}]"),
                        () -> speech("€")),
                new HostileCase(
                        "patterns on types",
                        () -> each("'*'", "intentType.matches('(x?){20}y')"),
                        () -> types(650)));
    }
}
