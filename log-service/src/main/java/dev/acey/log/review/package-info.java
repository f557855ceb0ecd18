/** What people decide about entries; it outranks the rules. */
package dev.acey.log.review;
