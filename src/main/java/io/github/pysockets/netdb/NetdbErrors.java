package io.github.pysockets.netdb;

import static io.github.pysockets.abi.Netdb.EAI_AGAIN;
import static io.github.pysockets.abi.Netdb.EAI_ALLDONE;
import static io.github.pysockets.abi.Netdb.EAI_ADDRFAMILY;
import static io.github.pysockets.abi.Netdb.EAI_BADFLAGS;
import static io.github.pysockets.abi.Netdb.EAI_CANCELED;
import static io.github.pysockets.abi.Netdb.EAI_FAIL;
import static io.github.pysockets.abi.Netdb.EAI_FAMILY;
import static io.github.pysockets.abi.Netdb.EAI_IDN_ENCODE;
import static io.github.pysockets.abi.Netdb.EAI_INPROGRESS;
import static io.github.pysockets.abi.Netdb.EAI_INTR;
import static io.github.pysockets.abi.Netdb.EAI_MEMORY;
import static io.github.pysockets.abi.Netdb.EAI_NODATA;
import static io.github.pysockets.abi.Netdb.EAI_NONAME;
import static io.github.pysockets.abi.Netdb.EAI_NOTCANCELED;
import static io.github.pysockets.abi.Netdb.EAI_OVERFLOW;
import static io.github.pysockets.abi.Netdb.EAI_SERVICE;
import static io.github.pysockets.abi.Netdb.EAI_SOCKTYPE;
import static io.github.pysockets.abi.Netdb.EAI_SYSTEM;
import static io.github.pysockets.abi.Netdb.HOST_NOT_FOUND;
import static io.github.pysockets.abi.Netdb.NETDB_SUCCESS;
import static io.github.pysockets.abi.Netdb.NO_DATA;
import static io.github.pysockets.abi.Netdb.NO_RECOVERY;
import static io.github.pysockets.abi.Netdb.TRY_AGAIN;

import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.NameServiceException.Range;

/** The failures of a name service, and glibc's texts for them: gai_strerror(3), hstrerror(3). */
final class NetdbErrors {
    private NetdbErrors() {}

    static NameServiceException eai(int code) {
        return new NameServiceException(Range.EAI, code);
    }

    static NameServiceException hostError(int code) {
        return new NameServiceException(Range.H_ERRNO, code);
    }

    /** What getaddrinfo(3) and getnameinfo(3) make of a host database's failure. */
    static NameServiceException toEai(NameServiceException failure) {
        return failure.range() == Range.EAI ? failure : eai(switch (failure.code()) {
            case HOST_NOT_FOUND -> EAI_NONAME;
            case TRY_AGAIN -> EAI_AGAIN;
            case NO_DATA -> EAI_NODATA;
            default -> EAI_FAIL;
        });
    }

    static String text(Range range, int code) {
        return switch (range) {
            case EAI -> eaiText(code);
            case H_ERRNO -> hostText(code);
        };
    }

    private static String eaiText(int code) {
        return switch (code) {
            case EAI_BADFLAGS -> "Bad value for ai_flags";
            case EAI_NONAME -> "Name or service not known";
            case EAI_AGAIN -> "Temporary failure in name resolution";
            case EAI_FAIL -> "Non-recoverable failure in name resolution";
            case EAI_NODATA -> "No address associated with hostname";
            case EAI_FAMILY -> "ai_family not supported";
            case EAI_SOCKTYPE -> "ai_socktype not supported";
            case EAI_SERVICE -> "Servname not supported for ai_socktype";
            case EAI_ADDRFAMILY -> "Address family for hostname not supported";
            case EAI_MEMORY -> "Memory allocation failure";
            case EAI_SYSTEM -> "System error";
            case EAI_OVERFLOW -> "Result too large for supplied buffer";
            case EAI_INPROGRESS -> "Processing request in progress";
            case EAI_CANCELED -> "Request canceled";
            case EAI_NOTCANCELED -> "Request not canceled";
            case EAI_ALLDONE -> "All requests done";
            case EAI_INTR -> "Interrupted by a signal";
            case EAI_IDN_ENCODE -> "Parameter string not correctly encoded";
            default -> "Unknown error";
        };
    }

    private static String hostText(int code) {
        if (code < 0) {
            return "Resolver internal error";
        }
        return switch (code) {
            case NETDB_SUCCESS -> "Resolver Error 0 (no error)";
            case HOST_NOT_FOUND -> "Unknown host";
            case TRY_AGAIN -> "Host name lookup failure";
            case NO_RECOVERY -> "Unknown server error";
            case NO_DATA -> "No address associated with name";
            default -> "Unknown resolver error";
        };
    }
}
