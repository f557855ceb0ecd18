package dev.acey.dataset.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Where all examples of a version come from, oldest first over all its parts. Blocks. */
final class Sources implements AutoCloseable {

    private static final ObjectReader JSON = JsonMapper.builder().build().reader();

    private final PriorityQueue<Line> heads = new PriorityQueue<>(Comparator.comparing(Line::key));
    private final List<BufferedReader> readers = new ArrayList<>();

    /**
     * An example's source.
     *
     * @param key by which sources are in order: time and id
     */
    record Line(String key, String logId, String text, String part, BufferedReader rest) {

        boolean sameExample(Line other) {
            return text.equals(other.text);
        }
    }

    /**
     * @param files of the sources, by the part's name
     */
    Sources(Map<String, Path> files) throws IOException {
        for (Map.Entry<String, Path> file : files.entrySet()) {
            BufferedReader reader = Files.newBufferedReader(file.getValue());
            readers.add(reader);
            read(file.getKey(), reader);
        }
    }

    /** The next one, or null behind the last; it stays the next until {@link #advance}. */
    Line next() {
        return heads.peek();
    }

    void advance() throws IOException {
        Line line = heads.remove();
        read(line.part, line.rest);
    }

    @Override
    public void close() throws IOException {
        for (BufferedReader reader : readers) {
            reader.close();
        }
    }

    private void read(String part, BufferedReader reader) throws IOException {
        String text = reader.readLine();
        if (text != null) {
            JsonNode line = JSON.readTree(text);
            String logId = line.path("logId").asText();
            String key = line.path("timestamp").asText() + logId;
            heads.add(new Line(key, logId, line.path("key").asText(), part, reader));
        }
    }
}
