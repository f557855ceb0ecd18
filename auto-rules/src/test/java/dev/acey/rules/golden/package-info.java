/** The golden cases of the rule engine, one folder each, for every module that judges. */
package dev.acey.rules.golden;
