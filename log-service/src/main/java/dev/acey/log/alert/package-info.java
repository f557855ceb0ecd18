/** Figures that are too bad for too long: noticed once, told once, and told again when they end. */
package dev.acey.log.alert;
