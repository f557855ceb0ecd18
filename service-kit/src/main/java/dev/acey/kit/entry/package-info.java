/** The typed log entry: what one call to a model was, and what was decided about it. */
package dev.acey.kit.entry;
