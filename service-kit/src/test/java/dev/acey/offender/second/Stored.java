package dev.acey.offender.second;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A table of one feature. */
@Entity
public class Stored {
    @Id public long id;
}
