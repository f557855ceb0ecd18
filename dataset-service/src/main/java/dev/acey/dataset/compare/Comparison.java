package dev.acey.dataset.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acey.dataset.version.DatasetName;
import dev.acey.dataset.version.DatasetPart;
import dev.acey.dataset.version.DatasetVersion;
import dev.acey.dataset.version.VersionFiles;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Compares two versions by the files that say where their examples come from, side by side: memory
 * does not grow with them.
 */
@Singleton
class Comparison {

    private static final int SHOWN = 100;

    private final VersionFiles files;
    private final Vertx vertx;
    private final ObjectMapper json;

    Comparison(VersionFiles files, Vertx vertx, ObjectMapper json) {
        this.files = files;
        this.vertx = vertx;
        this.json = json;
    }

    Uni<VersionDiff> of(DatasetVersion from, DatasetVersion to) {
        return vertx.executeBlocking(() -> compare(from, to), false);
    }

    private VersionDiff compare(DatasetVersion from, DatasetVersion to) throws IOException {
        Found added = new Found();
        Found removed = new Found();
        Found changed = new Found();
        Found moved = new Found();
        long unchanged = 0;
        try (Sources before = sources(from);
                Sources after = sources(to)) {
            while (before.next() != null || after.next() != null) {
                Sources.Line old = before.next();
                Sources.Line young = after.next();
                int order = old == null ? 1 : young == null ? -1 : old.key().compareTo(young.key());
                if (order < 0) {
                    removed.add(old);
                } else if (order > 0) {
                    added.add(young);
                } else if (!old.sameExample(young)) {
                    changed.add(young);
                } else if (!old.part().equals(young.part())) {
                    moved.add(young);
                } else {
                    unchanged++;
                }
                if (order <= 0) {
                    before.advance();
                }
                if (order >= 0) {
                    after.advance();
                }
            }
        }
        return new VersionDiff(
                to.filename(),
                side(from),
                side(to),
                unchanged,
                added.toSome(),
                removed.toSome(),
                changed.toSome(),
                moved.toSome(),
                settings(from, to));
    }

    private Sources sources(DatasetVersion version) throws IOException {
        Map<String, Path> sources = new LinkedHashMap<>();
        for (DatasetPart part : version.parts()) {
            String name = part.name();
            sources.put(name, files.file(version, DatasetName.sources(name)));
        }
        return new Sources(sources);
    }

    private Map<String, VersionDiff.Values> settings(DatasetVersion from, DatasetVersion to)
            throws IOException {
        JsonNode before = manifest(from).path("settings");
        JsonNode after = manifest(to).path("settings");
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        Map<String, VersionDiff.Values> differing = new LinkedHashMap<>();
        for (String name : names) {
            JsonNode old = before.path(name);
            JsonNode young = after.path(name);
            if (!old.equals(young)) {
                differing.put(
                        name,
                        new VersionDiff.Values(
                                old.isMissingNode() ? null : old,
                                young.isMissingNode() ? null : young));
            }
        }
        return differing;
    }

    private JsonNode manifest(DatasetVersion version) throws IOException {
        return json.readTree(Files.readAllBytes(files.file(version, VersionFiles.MANIFEST)));
    }

    private static VersionDiff.Side side(DatasetVersion version) {
        long examples = version.parts().stream().mapToLong(DatasetPart::count).sum();
        return new VersionDiff.Side(version.version(), examples, version.sha256());
    }

    /** Examples of one kind: all are counted, a few are named. */
    private static final class Found {
        private final List<String> logIds = new ArrayList<>();
        private long count;

        void add(Sources.Line line) {
            if (count++ < SHOWN) {
                logIds.add(line.logId());
            }
        }

        VersionDiff.Some toSome() {
            return new VersionDiff.Some(count, logIds);
        }
    }
}
