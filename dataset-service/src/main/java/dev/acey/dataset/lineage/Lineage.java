package dev.acey.dataset.lineage;

import dev.acey.dataset.longs.LongSearch;
import dev.acey.dataset.version.DatasetVersion;
import dev.acey.dataset.version.VersionFiles;
import dev.acey.dataset.version.Versions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Finds the versions that an entry, or any entry of a person, went into. */
@ApplicationScoped
public class Lineage {

    private static final int AT_ONCE = 100;

    private final Versions versions;
    private final VersionFiles files;
    private final Persons persons;
    private final Vertx vertx;

    Lineage(Versions versions, VersionFiles files, Persons persons, Vertx vertx) {
        this.versions = versions;
        this.files = files;
        this.persons = persons;
        this.vertx = vertx;
    }

    /**
     * Versions that can be had and hold an example made of an entry that was for this person,
     * newest first.
     */
    public Uni<List<DatasetVersion>> ofPerson(String user) {
        return holding(Origins.PERSONS, persons.hash(user));
    }

    /** Versions that can be had and hold an example made of this entry, newest first. */
    public Uni<List<DatasetVersion>> ofLog(UUID log) {
        return holding(Origins.LOGS, Origins.hash(log));
    }

    private Uni<List<DatasetVersion>> holding(String index, long hash) {
        AtomicReference<UUID> before = new AtomicReference<>();
        List<DatasetVersion> found = new ArrayList<>();
        return Multi.createBy()
                .repeating()
                .uni(() -> next(before))
                .whilst(page -> page.size() == AT_ONCE)
                .onItem()
                .transformToUniAndConcatenate(
                        page -> vertx.executeBlocking(() -> select(page, index, hash), false))
                .onItem()
                .invoke(found::addAll)
                .onItem()
                .ignoreAsUni()
                .replaceWith(found);
    }

    private Uni<List<DatasetVersion>> next(AtomicReference<UUID> before) {
        return versions.list(before.get(), AT_ONCE)
                .invoke(
                        page -> {
                            if (!page.isEmpty()) {
                                before.set(page.get(page.size() - 1).id());
                            }
                        });
    }

    private List<DatasetVersion> select(List<DatasetVersion> page, String index, long hash)
            throws IOException {
        List<DatasetVersion> holding = new ArrayList<>();
        for (DatasetVersion version : page) {
            if (holds(version, index, hash)) {
                holding.add(version);
            }
        }
        return holding;
    }

    /**
     * A version whose files are gone, as it was deleted since it was listed, holds nothing; one
     * that was made before there were indexes may hold anything.
     */
    private boolean holds(DatasetVersion version, String index, long hash) throws IOException {
        try {
            return LongSearch.contains(files.file(version, index), hash);
        } catch (NoSuchFileException e) {
            return Files.exists(files.file(version, version.filename()));
        }
    }
}
