package dev.acey.kit.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where a service gets its rule sets from. Nothing happens in services that do not ask. */
@Singleton
public class RuleSource {

    private final RuleService service;
    private final RuleFiles files;

    RuleSource(
            RuleService service,
            ObjectMapper json,
            @ConfigProperty(name = "acey.data.dir") Path directory) {
        this.service = service;
        this.files = new RuleFiles(directory.resolve("rules"), json);
    }

    /**
     * The rule sets of a service; asked for once, by the bean that starts and stops them.
     *
     * @param <R> a compiled set: an immutable value
     * @param shipped active until another is known
     * @param compile makes a set of its canonical JSON; throws IllegalArgumentException for a text
     *     it does not take
     * @param hash the name that follows from a set's content
     */
    public <R> FollowedRules<R> follow(
            R shipped, Function<String, R> compile, Function<R, String> hash) {
        return new FollowedRules<>(service, files, shipped, compile, hash);
    }
}
