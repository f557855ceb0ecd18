package dev.acey.rollout.tick;

/** Another replica watches the rollout now. */
class LostLease extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostLease(Lease lease) {
        super("another replica watches " + lease.rollout(), null, false, false);
    }
}
