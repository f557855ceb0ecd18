/** One OpenAPI document for the whole API, put together from the parts of those who serve it. */
package dev.acey.gateway.openapi;
