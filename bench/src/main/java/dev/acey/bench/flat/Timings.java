package dev.acey.bench.flat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;

/**
 * How long the same request takes, one after the other on one connection.
 *
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param bytes of the last answer
 */
record Timings(double p50, double p99, int bytes) {

    private static final int WARM_UP = 100;
    private static final int REQUESTS = 500;

    static Timings of(HttpClient http, URI uri) throws IOException, InterruptedException {
        double[] millis = new double[REQUESTS];
        int bytes = 0;
        for (int i = -WARM_UP; i < REQUESTS; i++) {
            long start = System.nanoTime();
            HttpResponse<byte[]> answer =
                    http.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException(uri + " answered " + answer.statusCode());
            }
            bytes = answer.body().length;
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(millis);
        return new Timings(millis[REQUESTS / 2], millis[REQUESTS * 99 / 100], bytes);
    }
}
