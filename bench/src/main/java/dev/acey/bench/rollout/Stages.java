package dev.acey.bench.rollout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Stages of seconds, as a rollout is asked for with them. */
final class Stages {

    private static final int SHORTEST = 3;
    private static final int LONGEST = 600;
    private static final int WHOLE = 10_000;

    private final ArrayNode stages = JsonNodeFactory.instance.arrayNode();

    private Stages() {}

    /** All of the baseline's calls in shadow, then these shares of the keys in basis points. */
    static Stages of(int... weights) {
        Stages stages = live();
        stages.add("shadow", WHOLE);
        for (int weight : weights) {
            stages.add("live", weight);
        }
        return stages;
    }

    /** As many as a task of low risk has. */
    static Stages quick() {
        return of(1_000, 5_000, WHOLE);
    }

    /** Without a shadow stage. */
    static Stages live(int... weights) {
        Stages stages = new Stages();
        for (int weight : weights) {
            stages.add("live", weight);
        }
        return stages;
    }

    private void add(String kind, int weight) {
        stages.addObject()
                .put("kind", kind)
                .put("weight", weight)
                .put("minSamples", 50)
                .put("minSeconds", SHORTEST)
                .put("maxSeconds", LONGEST)
                .put("approval", false);
    }

    /** A person must let the rollout into this stage, counted from 0. */
    Stages approved(int stage) {
        stage(stage).put("approval", true);
        return this;
    }

    /** This stage lasts so long at least. */
    Stages least(int stage, int seconds) {
        stage(stage).put("minSeconds", seconds);
        return this;
    }

    /** This stage lasts so long at most. */
    Stages most(int stage, int seconds) {
        stage(stage).put("maxSeconds", seconds);
        return this;
    }

    private ObjectNode stage(int stage) {
        return (ObjectNode) stages.get(stage);
    }

    ArrayNode json() {
        return stages;
    }
}
