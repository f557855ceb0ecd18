package dev.acey.dataset.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Who trains models. What is called again after a crash must come to the same: a provider finds a
 * training's job by the training's id, and never has two.
 */
public interface Provider {

    /** As clients name it. */
    String name();

    /** The property that must be set before it can be used; empty when it can. */
    Optional<String> missing();

    /**
     * What would be sent, without sending anything; fails with a problem if the training cannot be
     * done.
     */
    JsonNode payload(Training training);

    /** What it costs, as far as can be told beforehand or, with a report, afterwards. */
    Cost cost(Training training, Report report);

    /**
     * Submits the training.
     *
     * @param again whether an attempt before may have got through: then its job is the answer
     * @return the provider's id of the job
     */
    Uni<String> submit(Training training, boolean again);

    /** How the job stands. */
    Uni<Report> report(Training training, String job);

    /** Asks for the job's end; harmless when it has ended. */
    Uni<Void> cancel(Training training, String job);

    /** Takes away what only the training needed, once it has ended. Again is harmless. */
    Uni<Void> tidy(Training training);
}
