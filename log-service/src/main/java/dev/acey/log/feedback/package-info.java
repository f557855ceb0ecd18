/** What people say about entries: right or wrong, how good, or what had been right. */
package dev.acey.log.feedback;
