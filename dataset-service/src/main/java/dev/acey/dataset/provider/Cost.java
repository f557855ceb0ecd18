package dev.acey.dataset.provider;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a training costs.
 *
 * @param estimatedTokens of the training examples over all epochs, at four bytes of text a token
 * @param trainedTokens what the provider counted; null before it told
 * @param estimatedUsd US dollars, for the tokens that were trained or else for those estimated;
 *     null where no price is set
 */
@RegisterForReflection
public record Cost(Long estimatedTokens, Long trainedTokens, Double estimatedUsd) {

    /** Nobody knows. */
    public static final Cost UNKNOWN = new Cost(null, null, null);
}
