package io.github.rediscached.agent.jmx.application;

import java.util.logging.LogManager;

/** A log manager of the application. */
public class OwnLogManager extends LogManager {}
