/** How keys split between two models, and how fast a kill switch takes them back. */
package dev.acey.bench.route;
