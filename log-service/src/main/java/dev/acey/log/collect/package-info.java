/** How entries come in: one at a time or in bulk, from clients and from our own services. */
package dev.acey.log.collect;
