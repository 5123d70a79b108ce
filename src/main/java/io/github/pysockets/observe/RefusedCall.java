package io.github.pysockets.observe;

/**
 * A call that a rule or a limit of the application refused: it failed with EACCES, EMFILE, ENOBUFS or EDQUOT, and the
 * stack said why.
 *
 * @param label the label of the context
 * @param call the name of the call, such as {@code connect}
 * @param family the family of the socket, or that a look-up asked for, such as {@code AF_INET}
 * @param target the address or the name that the call was about; null for none
 * @param errno the number that the script gets
 * @param reason what the stack said
 */
public record RefusedCall(String label, String call, String family, String target, int errno, String reason) {}
