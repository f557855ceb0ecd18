package dev.acey.rules;

/**
 * A verdict and the parts of the state it rests on.
 *
 * @param verdict the verdict
 * @param read what the rules read of the state: judging the same output with this alone, at the
 *     same instant and by the same rules, gives the same verdict byte for byte
 */
public record TracedVerdict(Verdict verdict, RuleState read) {}
