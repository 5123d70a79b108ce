package io.github.pysockets.observe;

import java.time.Duration;

/**
 * A question to the name service about hosts, and how it ended.
 *
 * @param label the label of the context
 * @param call {@code getaddrinfo}, {@code getnameinfo}, {@code gethostbyname} or {@code gethostbyaddr}
 * @param name the name or address that was asked for; null where there was only a service
 * @param family the family that was asked for, {@code AF_UNSPEC} for any
 * @param answers the number of addresses or names that were found
 * @param failure the text of the failure; null for none
 * @param took how long the answer took
 */
public record HostLookUp(
        String label, String call, String name, String family, int answers, String failure, Duration took) {}
