package dev.acey.simulation.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which intents of one output answer to which of another. Only intents of the same type match;
 * among those, the ones that share most fields match first. Swapping the outputs swaps the answer.
 *
 * @param pairs matched intents, in the order of the first output
 * @param onlyA intents of the first output left over, in order
 * @param onlyB intents of the second left over, in order
 */
public record IntentMatch(List<Pair> pairs, List<JsonNode> onlyA, List<JsonNode> onlyB) {

    /** Of more intents than this the rest is not looked at: matching takes their product. */
    public static final int MOST_INTENTS = 200;

    /** From this overlap on two intents propose the same. */
    public static final double SAME_PROPOSAL = 0.5;

    private static final Set<String> NOT_CONTENT = Set.of("type", "confidence");

    /**
     * Two intents of the same type.
     *
     * @param overlap the share of fields, but for type and confidence, that are equal: 2 · equal /
     *     (fields of a + fields of b); 1 where neither has any
     */
    public record Pair(JsonNode a, JsonNode b, double overlap) {

        public boolean equal() {
            return SameJson.same(a, b);
        }

        public boolean sameProposal() {
            return overlap >= SAME_PROPOSAL;
        }
    }

    private record Candidate(int a, int b, boolean equal, double overlap) {

        /** Ties go by distance, then place: two pairs still tied have no intent in common. */
        static final Comparator<Candidate> BEST_FIRST =
                Comparator.comparing(Candidate::equal)
                        .thenComparingDouble(Candidate::overlap)
                        .reversed()
                        .thenComparingInt(c -> Math.abs(c.a - c.b))
                        .thenComparingInt(c -> c.a + c.b);
    }

    public static IntentMatch of(List<JsonNode> first, List<JsonNode> second) {
        List<JsonNode> a = first.subList(0, Math.min(first.size(), MOST_INTENTS));
        List<JsonNode> b = second.subList(0, Math.min(second.size(), MOST_INTENTS));
        Map<Integer, Pair> pairs = new TreeMap<>();
        boolean[] takenA = new boolean[a.size()];
        boolean[] takenB = new boolean[b.size()];
        for (Candidate candidate : candidates(a, b)) {
            if (!takenA[candidate.a] && !takenB[candidate.b]) {
                takenA[candidate.a] = true;
                takenB[candidate.b] = true;
                pairs.put(
                        candidate.a,
                        new Pair(a.get(candidate.a), b.get(candidate.b), candidate.overlap));
            }
        }
        return new IntentMatch(List.copyOf(pairs.values()), left(a, takenA), left(b, takenB));
    }

    private static List<Candidate> candidates(List<JsonNode> a, List<JsonNode> b) {
        List<Candidate> all = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < b.size(); j++) {
                if (a.get(i).path("type").equals(b.get(j).path("type"))) {
                    boolean equal = SameJson.same(a.get(i), b.get(j));
                    double overlap = equal ? 1 : overlap(a.get(i), b.get(j));
                    all.add(new Candidate(i, j, equal, overlap));
                }
            }
        }
        all.sort(Candidate.BEST_FIRST);
        return all;
    }

    private static double overlap(JsonNode a, JsonNode b) {
        int equal = 0;
        int fields = 0;
        for (Map.Entry<String, JsonNode> field : a.properties()) {
            if (!NOT_CONTENT.contains(field.getKey())) {
                fields++;
                equal += SameJson.same(field.getValue(), b.get(field.getKey())) ? 1 : 0;
            }
        }
        for (Map.Entry<String, JsonNode> field : b.properties()) {
            fields += NOT_CONTENT.contains(field.getKey()) ? 0 : 1;
        }
        return fields == 0 ? 1 : 2.0 * equal / fields;
    }

    private static List<JsonNode> left(List<JsonNode> intents, boolean[] taken) {
        List<JsonNode> left = new ArrayList<>();
        for (int i = 0; i < intents.size(); i++) {
            if (!taken[i]) {
                left.add(intents.get(i));
            }
        }
        return List.copyOf(left);
    }
}
