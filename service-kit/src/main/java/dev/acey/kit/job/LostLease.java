package dev.acey.kit.job;

/**
 * The worker no longer holds the job: another took it over, or it was cancelled. Nothing was
 * written. A handler lets this failure pass.
 */
public class LostLease extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostLease(Lease lease) {
        super("the lease of job " + lease.job() + " is lost", null, false, false);
    }
}
