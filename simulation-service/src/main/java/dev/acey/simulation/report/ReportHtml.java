package dev.acey.simulation.report;

import dev.acey.kit.digest.Sha256;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The report as HTML, and the policy that lets it load nothing: its one style sheet is within. */
@Singleton
class ReportHtml {

    private static final String STYLE = "report/report.css";

    private final Reports reports;
    private final Template template;
    private final String style;
    private final String embedded;

    ReportHtml(Reports reports, @Location("report.html") Template template) {
        this.reports = reports;
        this.template = template;
        this.style = read(STYLE);
        this.embedded =
                "default-src 'none'; img-src data:; style-src '"
                        + hash(style)
                        + "'; base-uri 'none'; form-action 'none'";
    }

    /** Not on an event loop: it may take tens of milliseconds. */
    String render(Report report) {
        return template.data("page", ReportPage.of(report, reports))
                .data("style", style)
                .data("policy", embedded)
                .render();
    }

    /**
     * The value of {@code Content-Security-Policy}; the page says the same, for when it is saved.
     */
    String policy() {
        return embedded + "; frame-ancestors 'none'";
    }

    private static String read(String name) {
        try (InputStream in = ReportHtml.class.getClassLoader().getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the report's style sheet is unreadable", e);
        }
    }

    private static String hash(String text) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(text));
    }
}
