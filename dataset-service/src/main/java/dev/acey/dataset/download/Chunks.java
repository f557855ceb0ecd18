package dev.acey.dataset.download;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Bytes made piece by piece, so that memory does not grow with the file. Blocks. */
interface Chunks extends AutoCloseable {

    int SIZE = 64 * 1024;

    /** The next piece, or null after the last. */
    byte[] next() throws IOException;

    @Override
    void close() throws IOException;

    /** A file as it is. */
    static Chunks of(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return new Chunks() {
            @Override
            public byte[] next() throws IOException {
                byte[] chunk = in.readNBytes(SIZE);
                return chunk.length == 0 ? null : chunk;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    /** Each example with the same line of the other file as its last field, {@code metadata}. */
    static Chunks withMetadata(Path examples, Path sources) throws IOException {
        BufferedReader example = Files.newBufferedReader(examples);
        BufferedReader source = Files.newBufferedReader(sources);
        return new Chunks() {
            @Override
            public byte[] next() throws IOException {
                StringBuilder chunk = new StringBuilder();
                String line;
                while (chunk.length() < SIZE && (line = example.readLine()) != null) {
                    chunk.append(line, 0, line.length() - 1)
                            .append(",\"metadata\":")
                            .append(source.readLine())
                            .append("}\n");
                }
                return chunk.isEmpty() ? null : chunk.toString().getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public void close() throws IOException {
                try (example) {
                    source.close();
                }
            }
        };
    }

    /** Compressed (RFC 1952). */
    static Chunks gzip(Chunks plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GZIPOutputStream gzip = new GZIPOutputStream(out);
        return new Chunks() {
            private boolean finished;

            @Override
            public byte[] next() throws IOException {
                while (out.size() < SIZE && !finished) {
                    byte[] chunk = plain.next();
                    if (chunk == null) {
                        gzip.finish();
                        finished = true;
                    } else {
                        gzip.write(chunk);
                    }
                }
                byte[] packed = out.toByteArray();
                out.reset();
                return packed.length == 0 ? null : packed;
            }

            @Override
            public void close() throws IOException {
                try (gzip) {
                    plain.close();
                }
            }
        };
    }
}
