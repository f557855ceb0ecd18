/** Entries that are to be gone: one by its id, or all of a person. */
package dev.acey.log.erasure;
