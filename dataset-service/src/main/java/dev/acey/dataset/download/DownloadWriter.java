package dev.acey.dataset.download;

import dev.acey.kit.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.mutiny.core.Vertx;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Lets a resource answer with a {@link Download}. */
@Provider
public class DownloadWriter implements ServerMessageBodyWriter<Download> {

    private static final Logger LOG = Logger.getLogger(DownloadWriter.class);

    private final Vertx vertx;

    DownloadWriter(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public boolean isWriteable(
            Class<?> type,
            Type genericType,
            ResteasyReactiveResourceInfo target,
            MediaType mediaType) {
        return Download.class.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return Download.class.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(
            Download download, Type genericType, ServerRequestContext serverRequest) {
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) serverRequest;
        HttpServerResponse response = request.unwrap(HttpServerResponse.class);
        request.suspend();
        // A client that goes away is no error of ours, and Vert.x would log it as one.
        request.unwrap(HttpServerRequest.class)
                .connection()
                .exceptionHandler(gone -> LOG.debugf("a download broke off: %s", gone));
        download.sendTo(io.vertx.mutiny.core.http.HttpServerResponse.newInstance(response), vertx)
                .subscribe()
                .with(
                        done -> request.resume(),
                        failure -> {
                            if (response.headWritten()) {
                                // The length or the last chunk is missing, so the client sees it.
                                response.reset();
                                request.resume();
                            } else {
                                request.resume(
                                        ProblemException.unavailable(
                                                "The file cannot be read right now."),
                                        true);
                            }
                        });
    }

    @Override
    public void writeTo(
            Download download,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        throw new IllegalStateException("a download is sent without an output stream");
    }
}
