/**
 * Names that the application answers itself: for tests, service discovery, split DNS. See {@link
 * io.github.pysockets.resolver.NameResolver}.
 */
package io.github.pysockets.resolver;
