package dev.acey.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A plain socket to the gateway, for what well-behaved clients would never send. */
public final class RawHttp implements AutoCloseable {

    private final Socket socket;

    public RawHttp(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(15_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One GET in a connection of its own: the whole answer as text. */
    public static String get(int port, String target) {
        try (RawHttp http = new RawHttp(port)) {
            http.send("GET " + target + " HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n");
            return http.readToEnd();
        }
    }

    public void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until this text has arrived, and returns everything so far. */
    public String readUntil(String text) {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            while (!seen.toString(StandardCharsets.ISO_8859_1).contains(text)) {
                int next = in.read();
                if (next < 0) {
                    throw new IllegalStateException("the connection ended after: " + seen);
                }
                seen.write(next);
            }
            return seen.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on until this text has arrived, and forgets all of it. */
    public void skipUntil(String text) {
        byte[] buffer = new byte[1 << 20];
        String tail = "";
        try {
            while (!tail.contains(text)) {
                int read = socket.getInputStream().read(buffer);
                if (read < 0) {
                    throw new IllegalStateException("the connection ended early");
                }
                String piece = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                tail = tail.substring(Math.max(0, tail.length() - text.length())) + piece;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String readToEnd() {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs up without saying goodbye. */
    @Override
    public void close() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
