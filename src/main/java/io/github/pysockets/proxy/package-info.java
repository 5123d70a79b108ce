/**
 * Proxies through which the TCP connections of scripts go, whatever the scripts know of it. See {@link
 * io.github.pysockets.proxy.Proxy}.
 */
package io.github.pysockets.proxy;
