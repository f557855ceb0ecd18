package dev.acey.bench.live;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** nginx as a proxy with kept connections, two workers and no access log. */
final class Nginx implements AutoCloseable {

    private final int port;
    private final Program program;

    Nginx(String binary, int port, URI upstream, Path folder) throws IOException {
        this.port = port;
        Path home = Files.createDirectories(folder.resolve("nginx"));
        Files.createDirectories(home.resolve("logs"));
        Path conf =
                Files.writeString(
                        home.resolve("nginx.conf"),
                        """
                        daemon off;
                        worker_processes 2;
                        pid nginx.pid;
                        error_log error.log;
                        events { worker_connections 1024; }
                        http {
                          access_log off;
                          keepalive_requests 1000000;
                          client_body_temp_path body;
                          proxy_temp_path proxy;
                          fastcgi_temp_path fastcgi;
                          uwsgi_temp_path uwsgi;
                          scgi_temp_path scgi;
                          upstream stub { server 127.0.0.1:%d; keepalive 64; }
                          server {
                            listen 127.0.0.1:%d;
                            location / {
                              proxy_pass http://stub;
                              proxy_http_version 1.1;
                              proxy_set_header Connection "";
                            }
                          }
                        }
                        """
                                .formatted(upstream.getPort(), port));
        program =
                new Program(
                        List.of(binary, "-p", home.toString(), "-c", conf.toString()),
                        Map.of(),
                        port,
                        folder.resolve("nginx.out"));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    List<ProcessHandle> processes() {
        return program.processes();
    }

    @Override
    public void close() {
        program.close();
    }
}
