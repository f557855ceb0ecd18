/** The audit trail: what people and machines decided, appended with the change, never altered. */
package dev.acey.kit.audit;
