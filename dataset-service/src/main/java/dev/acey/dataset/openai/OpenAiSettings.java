package dev.acey.dataset.openai;

import dev.acey.kit.key.KeyReferences;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** Where models are trained. */
@ConfigMapping(prefix = "acey.openai")
interface OpenAiSettings {

    /** Up to and without {@code /files}, such as {@code https://api.openai.com/v1}. */
    Optional<
                    @Pattern(
                            regexp = "https?://[^\\s/?#@]+(/[^\\s?#]*)?",
                            message = "must be an http or https URL without user info")
                    String>
            baseUrl();

    /** The name of the key; none for a server that asks for none. */
    Optional<
                    @Pattern(regexp = KeyReferences.FORM, message = "must name a key, never be one")
                    String>
            key();

    /** US dollars for a million trained tokens; 0 where nobody said. */
    @WithDefault("0")
    @DecimalMin("0")
    @DecimalMax("1000000")
    double pricePerMillionTokens();
}
