package dev.acey.victim.thing;

/** Belongs to another service. */
public class Thing {}
