/** What calls cost that do not say so themselves: by the prices of the registered models. */
package dev.acey.log.pricing;
