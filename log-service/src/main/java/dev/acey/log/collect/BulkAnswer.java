package dev.acey.log.collect;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What became of a bulk body's lines; empty lines are not counted.
 *
 * @param accepted lines that are stored now
 * @param duplicates lines whose id was stored before, or stood on an earlier line
 * @param rejected lines that are no entry we take
 * @param errors why, for the first {@value #MOST_ERRORS} of those
 */
@RegisterForReflection
public record BulkAnswer(long accepted, long duplicates, long rejected, List<LineError> errors) {

    static final int MOST_ERRORS = 100;

    /**
     * @param line counted from 1
     */
    @RegisterForReflection
    public record LineError(long line, String detail) {}
}
