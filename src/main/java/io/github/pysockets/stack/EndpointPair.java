package io.github.pysockets.stack;

/** Two endpoints that are connected to each other. */
public record EndpointPair(Endpoint first, Endpoint second) {}
