package dev.acey.dataset.download;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acey.dataset.Entries;
import dev.acey.dataset.FakeLogService;
import dev.acey.dataset.ServiceTest;
import dev.acey.kit.test.PostgresServer;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
class DatasetTest {

    private static final String FILE = "/api/dataset/memory-dataset.jsonl";

    FakeLogService logs;
    PostgresServer postgres;

    @ConfigProperty(name = "acey.data.dir")
    Path data;

    private JsonPath prepared;

    @BeforeEach
    void prepare() {
        List<ObjectNode> entries = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            entries.add(Entries.good(i).put("taskType", "memory").put("llmPrompt", "é 漢 😀 " + i));
        }
        logs.holds(entries);
        prepared =
                given().contentType("application/json")
                        .body("{\"taskTypes\":[\"memory\"]}")
                        .post("/api/dataset/prepare")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
    }

    @Test
    void theFileIsWhatItsHashAndLengthSay() throws Exception {
        byte[] file = plain().get(FILE).asByteArray();

        assertEquals(hash(), sha256(file));
        plain().get(FILE)
                .then()
                .statusCode(200)
                .header("Content-Length", String.valueOf(file.length))
                .header("Accept-Ranges", "bytes")
                .header("ETag", "\"" + hash() + "\"")
                .header("Content-Location", prepared.getString("datasets.memory.url"))
                .header("Content-Encoding", nullValue());
        assertEquals(file.length, prepared.getInt("datasets.memory.bytes"));
    }

    @Test
    void headTellsOfTheFileWithoutSendingIt() {
        plain().head(FILE)
                .then()
                .statusCode(200)
                .header("Content-Length", prepared.getString("datasets.memory.bytes"))
                .header("ETag", "\"" + hash() + "\"");
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-9, 0, 10", "bytes=100-, 100, -1", "bytes=-20, -20, -1"})
    void aPartIsGivenOfThePlainFile(String range, int from, int to) {
        byte[] file = plain().get(FILE).asByteArray();
        int start = from < 0 ? file.length + from : from;
        int end = to < 0 ? file.length : to;

        byte[] part =
                given().header("Accept-Encoding", "gzip")
                        .header("Range", range)
                        .get(FILE)
                        .then()
                        .statusCode(206)
                        .header(
                                "Content-Range",
                                "bytes " + start + "-" + (end - 1) + "/" + file.length)
                        .header("Content-Length", String.valueOf(end - start))
                        .extract()
                        .asByteArray();

        assertArrayEquals(Arrays.copyOfRange(file, start, end), part);
    }

    @Test
    void aPartBeyondTheFileIsRefusedWithItsLength() {
        plain().header("Range", "bytes=99999999-")
                .get(FILE)
                .then()
                .statusCode(416)
                .contentType("application/problem+json")
                .header("Content-Range", "bytes */" + prepared.getString("datasets.memory.bytes"))
                .body("status", equalTo(416))
                .body("instance", equalTo(FILE));
    }

    @Test
    void aPartOfAnotherVersionIsNotMixedIn() {
        plain().header("Range", "bytes=0-9")
                .header("If-Range", "\"" + hash() + "\"")
                .get(FILE)
                .then()
                .statusCode(206);
        plain().header("Range", "bytes=0-9")
                .header("If-Range", "\"other\"")
                .get(FILE)
                .then()
                .statusCode(200);
    }

    @Test
    void whatTheClientHasIsNotSentAgain() {
        for (String tag : List.of("\"" + hash() + "\"", "W/\"" + hash() + "\"", "\"x\", *")) {
            plain().header("If-None-Match", tag)
                    .get(FILE)
                    .then()
                    .statusCode(304)
                    .header("ETag", "\"" + hash() + "\"");
        }
        plain().header("If-None-Match", "\"other\"").get(FILE).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate, gzip;q=0.5", "*", "GZIP"})
    void theFileComesCompressedToWhoTakesThat(String accepted) throws Exception {
        byte[] packed =
                plain().header("Accept-Encoding", accepted)
                        .get(FILE)
                        .then()
                        .statusCode(200)
                        .header("Content-Encoding", "gzip")
                        .header("Vary", "Accept-Encoding")
                        .header("ETag", "\"" + hash() + "-gzip\"")
                        .extract()
                        .asByteArray();

        byte[] file = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        assertEquals(hash(), sha256(file));
        assertTrue(packed.length < file.length / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "gzip;q=0.0, *", "br", "*;q=0"})
    void theFileComesPlainToWhoDoesNot(String accepted) throws Exception {
        byte[] file =
                plain().header("Accept-Encoding", accepted)
                        .get(FILE)
                        .then()
                        .statusCode(200)
                        .header("Content-Encoding", nullValue())
                        .extract()
                        .asByteArray();

        assertEquals(hash(), sha256(file));
    }

    @Test
    void withMetadataEachLineSaysWhereItCameFrom() {
        List<JsonNode> lines = lines(plain().get(FILE + "?includeMetadata=true").asString());
        List<JsonNode> bare = lines(plain().get(FILE + "?includeMetadata=false").asString());

        assertEquals(500, lines.size());
        JsonNode metadata = ((ObjectNode) lines.get(41)).remove("metadata");
        assertEquals(Entries.good(41).get("id").asText(), metadata.get("logId").asText());
        assertEquals("2026-01-15T04:00:41.000Z", metadata.get("timestamp").asText());
        assertEquals(0.9, metadata.get("confidence").asDouble());
        assertEquals("approved", metadata.get("decision").asText());
        assertEquals(false, metadata.get("reviewed").asBoolean());
        assertEquals("m1", metadata.get("model").asText());
        assertEquals(bare.get(41), lines.get(41));
    }

    @Test
    void anOldVersionStaysAsItWas() {
        String old = prepared.getString("datasets.memory.url");
        String before = plain().get(old).asString();
        prepare();

        plain().get(old).then().statusCode(200).header("Content-Location", old);
        assertEquals(before, plain().get(old).asString());
        plain().get(FILE)
                .then()
                .header("Content-Location", prepared.getString("datasets.memory.url"));
    }

    @Test
    void aDeletedVersionIsGoneFromListFileAndDisk() {
        String url = prepared.getString("datasets.memory.url");
        int version = prepared.getInt("datasets.memory.version");
        Path directory = data.resolve("datasets/memory-dataset/v%06d".formatted(version));
        assertTrue(Files.exists(directory));

        given().delete(url).then().statusCode(204);

        assertTrue(Files.notExists(directory));
        given().get(url).then().statusCode(410).contentType("application/problem+json");
        given().get(url.replace("?", "/manifest?")).then().statusCode(410);
        given().delete(url).then().statusCode(404);
        assertTrue(
                !given().get("/api/dataset/list?limit=1000")
                        .asString()
                        .contains("\"" + url + "\""));
        String detail =
                postgres.query(
                        "SELECT detail FROM dataset.audit WHERE action = 'dataset.delete'"
                                + " ORDER BY seq DESC LIMIT 1");
        assertEquals(
                "{\"versions\":[{\"sha256\":\"" + hash() + "\",\"version\":" + version + "}]}",
                detail);
        prepare();
        assertEquals(version + 1, prepared.getInt("datasets.memory.version"));
    }

    @Test
    void withoutAVersionTheWholeDatasetIsDeletedAndItsNumbersAreNeverGivenAgain() {
        int version = prepared.getInt("datasets.memory.version");

        given().delete(FILE).then().statusCode(204);

        given().get(FILE).then().statusCode(404);
        given().delete(FILE).then().statusCode(404);
        prepare();
        assertEquals(version + 1, prepared.getInt("datasets.memory.version"));
        given().get(FILE + "/manifest").then().body("previousVersion", nullValue());
    }

    @Test
    void aFileThatCannotBeReadIs503() throws IOException {
        int version = prepared.getInt("datasets.memory.version");
        Path directory = data.resolve("datasets/memory-dataset/v%06d".formatted(version));
        Path file = directory.resolve("memory-dataset.jsonl");
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(file, elsewhere);

        for (String encoding : List.of("gzip", "identity")) {
            plain().header("Accept-Encoding", encoding)
                    .get(FILE)
                    .then()
                    .statusCode(503)
                    .contentType(containsString("problem+json"));
        }
        Files.move(elsewhere, file);
    }

    private String hash() {
        return prepared.getString("datasets.memory.sha256");
    }

    private static RequestSpecification plain() {
        return given().config(
                        RestAssuredConfig.config()
                                .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()));
    }

    private static List<JsonNode> lines(String file) {
        return file.lines().map(Entries::parse).toList();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
