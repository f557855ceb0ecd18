/** What happens anywhere in the system: followed in each service, merged, and told as it comes. */
package dev.acey.gateway.events;
