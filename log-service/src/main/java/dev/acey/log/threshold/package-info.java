/** From where on figures are too bad: what alerts are measured by. */
package dev.acey.log.threshold;
