package dev.acey.kit.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * Something to decide about: a row that is changed in the transaction its audit event is part of.
 */
@Entity
class Note {
    @Id String name;
    String text;
}
