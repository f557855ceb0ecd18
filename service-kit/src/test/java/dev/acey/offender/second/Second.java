package dev.acey.offender.second;

import dev.acey.offender.first.First;

/** Depends on a feature that depends on it. */
public class Second {
    First first;
}
