package dev.acey.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir Path folder;

    @Test
    void theyAreMadeOnceAndDifferFromOneAnother() {
        DataDir dir = DataDir.open(folder);
        Set<String> first = all(Secrets.load(dir));
        assertEquals(3 + 2 * Service.values().length, first.size());
        assertEquals(first, all(Secrets.load(dir)));
    }

    @Test
    void theyNeedNoQuotingInSqlOrInAUrl() {
        assertTrue(
                all(Secrets.load(DataDir.open(folder))).stream()
                        .allMatch(secret -> secret.matches("[A-Za-z0-9_-]{32,}")));
    }

    @Test
    void onlyTheirOwnerMayReadThem() throws IOException {
        DataDir dir = DataDir.open(folder);
        Secrets.load(dir);
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.secrets())));
    }

    @Test
    void aDatabaseWhosePasswordsAreLostIsNotGivenNewOnes() throws IOException {
        DataDir dir = DataDir.open(folder);
        Files.createDirectory(dir.postgres());
        LauncherException refused = assertThrows(LauncherException.class, () -> Secrets.load(dir));
        assertTrue(refused.getMessage().contains(dir.secrets().toString()));
    }

    private static Set<String> all(Secrets secrets) {
        Set<String> all =
                new HashSet<>(Set.of(secrets.instance(), secrets.shared(), secrets.superuser()));
        for (Service service : Service.values()) {
            all.add(secrets.owner(service));
            all.add(secrets.app(service));
        }
        return all;
    }
}
