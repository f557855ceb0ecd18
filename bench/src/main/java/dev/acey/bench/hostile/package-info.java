/** The worst that rule sets and outputs within the limits can do to the rule engine. */
package dev.acey.bench.hostile;
