package dev.acey.gateway.workflow;

import static com.cronutils.model.CronType.UNIX;

import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times as {@code cron} names them: minute, hour, day of month, month, day of week, in UTC. */
record Cron(ExecutionTime times) {

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException for a text that cron does not understand
     */
    static Cron parse(String text) {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(UNIX));
        return new Cron(ExecutionTime.forCron(parser.parse(text).validate()));
    }

    /** The first time after this; empty if there is none, as on 30 February. */
    Optional<Instant> after(Instant now) {
        return times.nextExecution(now.atZone(ZoneOffset.UTC)).map(time -> time.toInstant());
    }
}
