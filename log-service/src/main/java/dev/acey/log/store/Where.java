package dev.acey.log.store;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** A condition that grows, with its arguments. */
public final class Where {

    private final StringBuilder sql = new StringBuilder("TRUE");
    private final List<Object> arguments = new ArrayList<>();

    /** One more condition that must hold; values in it come from {@link #argument}. */
    public void and(String condition) {
        sql.append(" AND ").append(condition);
    }

    /** The place of one more argument, such as {@code $3}. */
    public String argument(Object value) {
        arguments.add(value);
        return "$" + arguments.size();
    }

    public String sql() {
        return sql.toString();
    }

    public Tuple arguments() {
        return Tuple.from(arguments);
    }
}
