package dev.acey.kit.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acey.kit.test.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "kit"))
class HttpVersionTest {

    @TestHTTPResource("/failing")
    URI failing;

    @Test
    void whoeverOffersHttp2IsAnsweredInHttp11() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().version(Version.HTTP_2).build();
        HttpRequest request =
                HttpRequest.newBuilder(failing)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\": \"a\"}"))
                        .build();
        HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
        assertEquals(Version.HTTP_1_1, answer.version());
    }
}
