package dev.acey.rollout;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** Calls that many tests make. */
public final class Api {

    public static final String A_MODEL =
            "{\"baseUrl\": \"http://localhost:9000/v1\", \"upstreamModel\": \"up\"}";

    private Api() {}

    public static ValidatableResponse put(String path, String json) {
        return given().contentType(ContentType.JSON).body(json).put(path).then();
    }

    public static ValidatableResponse post(String path, String json) {
        return given().contentType(ContentType.JSON).body(json).post(path).then();
    }

    public static ValidatableResponse get(String path) {
        return given().get(path).then();
    }

    public static void register(String... models) {
        for (String model : models) {
            int status = put("/api/models/" + model, A_MODEL).extract().statusCode();
            if (status != 200 && status != 201) {
                throw new AssertionError("PUT /api/models/" + model + " gave " + status);
            }
        }
    }
}
