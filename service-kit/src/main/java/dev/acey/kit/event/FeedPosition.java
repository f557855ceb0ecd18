package dev.acey.kit.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.acey.kit.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place between two events of one service's feed. As text, {@code 7431-12}.
 *
 * @param transaction the transaction that appended the event before
 * @param number the event's own number
 */
@RegisterForReflection
public record FeedPosition(long transaction, long number) {

    /** Before the oldest event. */
    public static final FeedPosition START = new FeedPosition(0, 0);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    /** 400 for a text that is no position. */
    @JsonCreator
    public static FeedPosition of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw ProblemException.invalid("/after", "is not a position that this feed gave");
        }
        return new FeedPosition(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
    }

    @Override
    @JsonValue
    public String toString() {
        return transaction + "-" + number;
    }
}
