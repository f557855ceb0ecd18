package dev.acey.simulation.cases;

/** What came of asking to be the one that asks. */
public sealed interface Claim {

    /**
     * The call may be made, by whoever got this, and must have ended in time.
     *
     * @param call counts the calls for this case and purpose; with it the answer is stored
     * @param failures how many of them failed
     */
    record Granted(int call, int failures) implements Claim {}

    /** As many calls as may be are under way, here or elsewhere; later there will be room. */
    record Full() implements Claim {}

    /** Somebody else asks, or has the answer, or the case is gone. */
    record Elsewhere() implements Claim {}

    /**
     * The call could pass the simulation's budget.
     *
     * @param what the budget it would pass: calls or dollars
     */
    record Spent(String what) implements Claim {}
}
