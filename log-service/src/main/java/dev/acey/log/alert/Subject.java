package dev.acey.log.alert;

/**
 * What is watched.
 *
 * @param variant baseline, candidate, or empty for calls that no route assigned
 */
public record Subject(Rule rule, String taskType, String variant) {}
