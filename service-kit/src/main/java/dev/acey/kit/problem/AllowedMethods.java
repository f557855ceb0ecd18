package dev.acey.kit.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;

/**
 * Which methods a path takes, as a 405 has to say (RFC 9110 section 15.5.6). Quarkus does not tell,
 * so it is read from the OpenAPI document when that is made, at start. Paths that are not in it,
 * those between services, are not known.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.RUNTIME_STARTUP)
@Singleton
class AllowedMethods implements OASFilter {

    private static final String VARIABLE = "\\{[^}]*}";

    private volatile List<Documented> documented = List.of();

    private record Documented(Pattern path, int variables, Set<String> methods) {

        static Documented of(String template, PathItem item) {
            String[] literals = template.split(VARIABLE, -1);
            Set<String> methods = new TreeSet<>();
            item.getOperations().keySet().forEach(method -> methods.add(method.name()));
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            String path =
                    Arrays.stream(literals)
                            .map(Pattern::quote)
                            .collect(Collectors.joining("[^/]+"));
            return new Documented(Pattern.compile(path), literals.length - 1, methods);
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getPaths() != null) {
            documented =
                    api.getPaths().getPathItems().entrySet().stream()
                            .map(path -> Documented.of(path.getKey(), path.getValue()))
                            .sorted(Comparator.comparingInt(Documented::variables))
                            .toList();
        }
    }

    /** In alphabetical order; empty for a path that is not known. */
    Set<String> at(String path) {
        return documented.stream()
                .filter(one -> one.path().matcher(path).matches())
                .findFirst()
                .map(Documented::methods)
                .orElse(Set.of());
    }
}
