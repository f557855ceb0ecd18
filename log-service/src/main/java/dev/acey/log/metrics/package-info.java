/** How the models do over the last minutes to the last month: series and totals for charts. */
package dev.acey.log.metrics;
