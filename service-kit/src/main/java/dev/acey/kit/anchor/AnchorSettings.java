package dev.acey.kit.anchor;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Where and how often audit trails are anchored. */
@ConfigMapping(prefix = "acey.audit")
public interface AnchorSettings {

    /** How long a link may stay unanchored, and so could still be altered unseen. */
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    Duration anchorEvery();

    /** Which service remembers whose trail; the same in every service. */
    Map<String, String> keepers();
}
