/** What is taken out of an entry before it is stored. */
package dev.acey.log.redact;
