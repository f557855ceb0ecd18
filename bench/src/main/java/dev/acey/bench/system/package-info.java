/** A whole system to measure: started from this repository, on ports and data of its own. */
package dev.acey.bench.system;
