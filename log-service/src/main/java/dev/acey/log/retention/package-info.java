/** How long entries are kept, and what takes them away when their time is over. */
package dev.acey.log.retention;
