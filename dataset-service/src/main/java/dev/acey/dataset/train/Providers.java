package dev.acey.dataset.train;

import dev.acey.dataset.provider.Provider;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The training providers there are. */
@Singleton
class Providers {

    private final List<Provider> all;

    Providers(@All List<Provider> all) {
        this.all = all.stream().sorted(Comparator.comparing(Provider::name)).toList();
    }

    /**
     * The provider a client means.
     *
     * @param name null for the first that is configured, by name
     * @throws dev.acey.kit.problem.ProblemException 400 for a name that none has, 422 that names
     *     the property for one that is not configured
     */
    Provider wanted(String name) {
        Provider wanted = name == null ? first() : named(name);
        wanted.missing()
                .ifPresent(
                        property -> {
                            throw ProblemException.refused(
                                    "/provider",
                                    "The provider "
                                            + wanted.name()
                                            + " is not configured: set "
                                            + property
                                            + " of dataset-service.");
                        });
        return wanted;
    }

    /** The provider of this name. */
    Provider named(String name) {
        return all.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> ProblemException.invalid("/provider", "must be one of " + names()));
    }

    private Provider first() {
        return all.stream()
                .filter(provider -> provider.missing().isEmpty())
                .findFirst()
                .orElseThrow(
                        () ->
                                ProblemException.refused(
                                        "/provider",
                                        "No provider is configured: set one of "
                                                + all.stream()
                                                        .map(p -> p.missing().orElseThrow())
                                                        .collect(Collectors.joining(", "))
                                                + " of dataset-service."));
    }

    private String names() {
        return all.stream().map(Provider::name).collect(Collectors.joining(", "));
    }
}
