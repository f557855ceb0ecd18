/** This service's part in the erasure of a person: the cases that hold their calls. */
package dev.acey.simulation.erasure;
