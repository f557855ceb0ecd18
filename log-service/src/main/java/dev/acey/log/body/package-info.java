/** How much body a request may have. */
package dev.acey.log.body;
