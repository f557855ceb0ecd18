package dev.acey.offender.first.impl;

/** Lives where nothing should. */
public class FirstImpl {}
