/**
 * netdb.h without a C library: names of hosts, services, protocols and interfaces for stacks that have no
 * getaddrinfo(3) of their own.
 *
 * <p>{@link io.github.pysockets.netdb.NetdbNames} is the name service. It answers as glibc does, down to the order of
 * checks and of answers, and takes what it does not know itself from the host database, the interfaces, and the files
 * services(5) and protocols(5).
 */
package io.github.pysockets.netdb;
