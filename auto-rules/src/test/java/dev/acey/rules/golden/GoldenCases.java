package dev.acey.rules.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.rules.CanonicalJson;
import dev.acey.rules.RuleSet;
import dev.acey.rules.RuleState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the golden cases from beside this class, be that a directory or a jar. A folder holds
 * {@code input.json} ({@code at}, {@code aceyOutput}), {@code verdict.json} (without {@code
 * ruleSet}, which is the hash of the rules), and where they differ from the usual {@code
 * state.json} and {@code rules.yaml}.
 */
public final class GoldenCases {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GoldenCases() {}

    /** All cases, by name. */
    public static List<GoldenCase> all() {
        try {
            URI home =
                    GoldenCases.class.getProtectionDomain().getCodeSource().getLocation().toURI();
            Path path = Path.of(home);
            if (Files.isDirectory(path)) {
                return read(path.resolve("golden"));
            }
            try (FileSystem jar = FileSystems.newFileSystem(path)) {
                return read(jar.getPath("golden"));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a code source is a URI", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<GoldenCase> read(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.sorted().map(GoldenCases::readCase).toList();
        }
    }

    private static GoldenCase readCase(Path folder) {
        try {
            JsonNode input = JSON.readTree(Files.readString(folder.resolve("input.json")));
            Path state = folder.resolve("state.json");
            Path rulesFile = folder.resolve("rules.yaml");
            RuleSet rules =
                    Files.exists(rulesFile)
                            ? RuleSet.parse(Files.readString(rulesFile))
                            : RuleSet.shipped();
            ObjectNode verdict =
                    (ObjectNode) JSON.readTree(Files.readString(folder.resolve("verdict.json")));
            return new GoldenCase(
                    folder.getFileName().toString().replace("/", ""),
                    input.required("aceyOutput"),
                    RuleState.fromJson(
                            Files.exists(state) ? JSON.readTree(Files.readString(state)) : null),
                    Instant.parse(input.required("at").textValue()),
                    rules,
                    CanonicalJson.encode(verdict.put("ruleSet", rules.hash())));
        } catch (IOException e) {
            throw new UncheckedIOException("case " + folder, e);
        }
    }
}
