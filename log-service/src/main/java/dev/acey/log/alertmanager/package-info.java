/** Alerts as Alertmanager hears of them. */
package dev.acey.log.alertmanager;
