/** Live calls through the gateway and the router to a model that is none. */
package dev.acey.bench.live;
