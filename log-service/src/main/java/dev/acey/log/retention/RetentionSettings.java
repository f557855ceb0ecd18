package dev.acey.log.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/** How long entries are kept until somebody says otherwise while the service runs. */
@ConfigMapping(prefix = "acey.log.retention")
public interface RetentionSettings {

    int LONGEST = 3650;

    /** Days an entry is kept. */
    @WithDefault("30")
    @Min(1)
    @Max(LONGEST)
    int days();

    /** Days an entry's payload is kept; unless given, as long as the entry. */
    Optional<@Min(1) @Max(LONGEST) Integer> payloadDays();
}
