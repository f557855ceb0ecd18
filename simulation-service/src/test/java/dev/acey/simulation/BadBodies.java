package dev.acey.simulation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.restassured.response.ValidatableResponse;

/** What every endpoint must refuse in the same way. */
public final class BadBodies {

    private BadBodies() {}

    /** Posts and expects a problem document that mentions something, and no trace of a defect. */
    public static ValidatableResponse refused(
            String path, String contentType, byte[] body, int status, String mention) {
        return given().contentType(contentType)
                .body(body)
                .post(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", is(status))
                .body("instance", is(path))
                .body(containsString(mention))
                .body(not(containsString("Exception")));
    }
}
