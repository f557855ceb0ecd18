package dev.acey.log.alertmanager;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Alertmanager's API v2, as far as it is used. */
@Path("/api/v2/alerts")
@Consumes(MediaType.APPLICATION_JSON)
interface AlertmanagerApi {

    @POST
    Uni<RestResponse<Void>> post(List<PostableAlert> alerts);
}
