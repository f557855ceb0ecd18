/** Benchmarks, run by hand and by name: {@code java -jar bench/target/bench.jar <name>}. */
package dev.acey.bench;
