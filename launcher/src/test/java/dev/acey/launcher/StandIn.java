package dev.acey.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The smallest program the launcher can take for one of the services: it listens where it is told,
 * is ready at once, and answers {@code /env/NAME} with what it was told.
 */
public final class StandIn {

    private StandIn() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("migrate=" + System.getenv("QUARKUS_FLYWAY_MIGRATE_AT_START"));
        serve(System.getenv("QUARKUS_HTTP_PORT"), "/q/health/ready");
        String management = System.getenv("QUARKUS_MANAGEMENT_PORT");
        if (management != null) {
            serve(management, "/health/ready");
        }
    }

    private static void serve(String port, String readiness) throws IOException {
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), Integer.parseInt(port)),
                        0);
        for (String path : List.of(readiness, "/health")) {
            server.createContext(
                    path,
                    exchange -> {
                        exchange.sendResponseHeaders(200, -1);
                        exchange.close();
                    });
        }
        server.createContext(
                "/env/",
                exchange -> {
                    String name = exchange.getRequestURI().getPath().substring("/env/".length());
                    byte[] value =
                            String.valueOf(System.getenv(name)).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, value.length);
                    exchange.getResponseBody().write(value);
                    exchange.close();
                });
        server.start();
    }

    /** Lays out a repository in which every service has been built as this program. */
    static Path repository(Path root) throws IOException {
        for (Service service : Service.values()) {
            writeJar(service.jar(root), StandIn.class);
        }
        return root;
    }

    /** Packs one class as a runnable jar. */
    static void writeJar(Path jar, Class<?> main) throws IOException {
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        String entry = main.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var code = main.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
            out.closeEntry();
        }
    }
}
