package dev.acey.log.query;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The filters that lists and exports share, as they stand in the query. */
public class FilterParameters {

    @QueryParam("taskType")
    @Parameter(description = "one task type, or several with commas between")
    public String taskType;

    @QueryParam("from")
    @Parameter(description = "first instant, ISO 8601")
    public String from;

    @QueryParam("to")
    @Parameter(description = "the instant before which all are, ISO 8601")
    public String to;

    @QueryParam("decision")
    @Parameter(description = "approved, modified, rejected or pending")
    public String decision;

    @QueryParam("variant")
    @Parameter(description = "baseline or candidate")
    public String variant;

    @QueryParam("environment")
    @Parameter(description = "live, simulation, test or shadow")
    public String environment;

    @QueryParam("model")
    public String model;

    @QueryParam("minConfidence")
    @Parameter(description = "0 to 1; entries without a confidence are left out")
    public String minConfidence;

    @QueryParam("q")
    @Parameter(
            description =
                    "words that all occur in the prompt or in the speech, in any order and any case"
                            + " of letters; scripts without spaces count a character as a word")
    public String q;
}
