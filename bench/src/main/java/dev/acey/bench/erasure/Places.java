package dev.acey.bench.erasure;

import dev.acey.bench.system.AceySystem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;

/**
 * Where a text stands in a running system: in the bytes of every file it keeps, compressed ones
 * unpacked, and in a {@code COPY} of every table. PostgreSQL's own files are read through COPY
 * alone: what they still hold of deleted rows is for VACUUM.
 */
final class Places {

    private static final String TABLES =
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n"
                    + " ON n.oid = c.relnamespace WHERE c.relkind = 'r'"
                    + " AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
                    + " ORDER BY 1, 2";

    private final AceySystem system;
    private final byte[] plain;
    private final byte[] hex;

    Places(AceySystem system, String text) {
        this.system = system;
        this.plain = text.getBytes(StandardCharsets.UTF_8);
        this.hex = HexFormat.of().formatHex(plain).getBytes(StandardCharsets.US_ASCII);
    }

    /** How often the text stands in each place; places where it does not are left out. */
    Map<String, Long> found() throws IOException, SQLException {
        Map<String, Long> found = new TreeMap<>();
        inFiles(found);
        try (Connection connection = system.database()) {
            for (String table : tables(connection)) {
                Counting counting = new Counting(plain, hex);
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("COPY " + table + " TO STDOUT", counting);
                add(found, "table " + table, counting.count);
            }
        }
        return found;
    }

    private void inFiles(Map<String, Long> found) throws IOException {
        Path root = system.data("");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                if (!name.startsWith("postgres")) {
                    add(found, "file " + name, count(file));
                }
            }
        }
    }

    /** A file that goes while it is looked for holds nothing. */
    private long count(Path file) throws IOException {
        Counting counting = new Counting(plain, hex);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            in.transferTo(counting);
        } catch (NoSuchFileException e) {
            return 0;
        }
        return counting.count;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add("\"" + rows.getString(1) + "\".\"" + rows.getString(2) + "\"");
            }
        }
        return tables;
    }

    private static void add(Map<String, Long> found, String place, long count) {
        if (count > 0) {
            found.put(place, count);
        }
    }

    /** Counts texts in what flows by. */
    private static final class Counting extends OutputStream {

        private final byte[][] texts;
        private final int[] matched;
        private long count;

        Counting(byte[]... texts) {
            this.texts = texts;
            this.matched = new int[texts.length];
        }

        /** A text that is random begins nowhere inside itself, so that one look back is enough. */
        @Override
        public void write(int b) {
            for (int i = 0; i < texts.length; i++) {
                byte[] text = texts[i];
                if (text[matched[i]] != (byte) b) {
                    matched[i] = 0;
                }
                if (text[matched[i]] == (byte) b && ++matched[i] == text.length) {
                    matched[i] = 0;
                    count++;
                }
            }
        }
    }

    static void print(String when, Map<String, Long> found) {
        System.out.printf("%s: %d places%n", when, found.size());
        found.forEach((place, count) -> System.out.printf("  %,8d  %s%n", count, place));
    }
}
