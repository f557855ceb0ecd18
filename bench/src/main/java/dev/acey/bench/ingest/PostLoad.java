package dev.acey.bench.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Connections that post the same body again and again, each as soon as it was answered. One thread
 * and hardly any work, because it shares its processors with what it measures.
 */
final class PostLoad {

    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

    private final URI uri;
    private final byte[] request;
    private final int connections;

    PostLoad(URI uri, String body, int connections) {
        this.uri = uri;
        this.connections = connections;
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(uri.getPath(), uri.getAuthority(), bytes.length);
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        request = new byte[start.length + bytes.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(bytes, 0, request, start.length, bytes.length);
    }

    /**
     * @param latencies of answers, in microseconds
     * @param statuses how many answers of each
     */
    record Result(double perSecond, Histogram latencies, Map<Integer, Long> statuses) {

        @Override
        public String toString() {
            return "%,.0f/s, p50 %.2f ms, p99 %.2f ms, statuses %s"
                    .formatted(perSecond, millis(50), millis(99), statuses);
        }

        private double millis(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1_000.0;
        }
    }

    Result run(Duration time) {
        Histogram latencies = new Histogram(3);
        Map<Integer, Long> statuses = new TreeMap<>();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
                channel.configureBlocking(false);
                new Connection(channel, selector).send();
            }
            while (System.nanoTime() < end) {
                selector.select(
                        key -> {
                            Connection connection = (Connection) key.attachment();
                            int status = connection.receive();
                            if (status > 0) {
                                statuses.merge(status, 1L, Long::sum);
                                latencies.recordValue(
                                        (System.nanoTime() - connection.sent) / 1_000);
                                connection.send();
                            }
                        },
                        100);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            return new Result(latencies.getTotalCount() / seconds, latencies, statuses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Connection {

        private final SocketChannel channel;
        private final ByteBuffer out = ByteBuffer.wrap(request);
        private final ByteBuffer in = ByteBuffer.allocate(16 << 10);
        private long sent;

        Connection(SocketChannel channel, Selector selector) throws IOException {
            this.channel = channel;
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send() {
            out.rewind();
            in.clear();
            sent = System.nanoTime();
            try {
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The status, once all of the answer is here; else 0. */
        int receive() {
            try {
                if (channel.read(in) < 0) {
                    throw new IllegalStateException("the service has closed a connection");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            int head = endOfHead();
            if (head < 0 || in.position() < head + contentLength(head)) {
                return 0;
            }
            return digit(9) * 100 + digit(10) * 10 + digit(11);
        }

        private int endOfHead() {
            for (int i = 3; i < in.position(); i++) {
                if (in.get(i) == '\n' && in.get(i - 2) == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private int contentLength(int head) {
            for (int i = 0; i + LENGTH.length < head; i++) {
                if (matches(i)) {
                    int length = 0;
                    for (int j = i + LENGTH.length; in.get(j) != '\r'; j++) {
                        length = length * 10 + digit(j);
                    }
                    return length;
                }
            }
            throw new IllegalStateException("an answer without its length");
        }

        private boolean matches(int at) {
            for (int i = 0; i < LENGTH.length; i++) {
                if (Character.toLowerCase((char) in.get(at + i)) != LENGTH[i]) {
                    return false;
                }
            }
            return true;
        }

        private int digit(int at) {
            return in.get(at) - '0';
        }
    }
}
