package io.github.pysockets.abi;

import java.util.LinkedHashMap;
import java.util.Map;

/** Commands and flags of fcntl(2), and flags of open(2). */
public final class FileControl {
    public static final int F_DUPFD = 0;
    public static final int F_GETFD = 1;
    public static final int F_SETFD = 2;
    public static final int F_GETFL = 3;
    public static final int F_SETFL = 4;
    public static final int F_GETLK = 5;
    public static final int F_SETLK = 6;
    public static final int F_SETLKW = 7;
    public static final int F_GETOWN = 9;
    public static final int F_GETSIG = 11;
    public static final int F_OFD_GETLK = 36;
    public static final int F_OFD_SETLK = 37;
    public static final int F_OFD_SETLKW = 38;
    public static final int F_GETLEASE = 1025;
    public static final int F_DUPFD_CLOEXEC = 1030;
    public static final int F_SETPIPE_SZ = 1031;
    public static final int F_GETPIPE_SZ = 1032;
    public static final int F_ADD_SEALS = 1033;
    public static final int F_GET_SEALS = 1034;

    public static final int FD_CLOEXEC = 1;

    public static final short F_RDLCK = 0;
    public static final short F_WRLCK = 1;
    public static final short F_UNLCK = 2;

    public static final int LOCK_SH = 1;
    public static final int LOCK_EX = 2;
    public static final int LOCK_NB = 4;
    public static final int LOCK_UN = 8;

    public static final int O_CLOEXEC = 0x80000;
    public static final int O_NONBLOCK = 0x800;
    /** The kernel sends a signal when the descriptor is ready. */
    public static final int O_ASYNC = 0x2000;

    /** What Python's module fcntl has on Linux: a name and its number in each line. */
    private static final String OF_PYTHON = """
            DN_ACCESS 1
            DN_ATTRIB 32
            DN_CREATE 4
            DN_DELETE 8
            DN_MODIFY 2
            DN_MULTISHOT 2147483648
            DN_RENAME 16
            FASYNC 8192
            FD_CLOEXEC 1
            F_DUPFD 0
            F_EXLCK 4
            F_GETFD 1
            F_GETFL 3
            F_GETLEASE 1025
            F_GETLK 5
            F_GETLK64 5
            F_GETOWN 9
            F_GETSIG 11
            F_NOTIFY 1026
            F_RDLCK 0
            F_SETFD 2
            F_SETFL 4
            F_SETLEASE 1024
            F_SETLK 6
            F_SETLK64 6
            F_SETLKW 7
            F_SETLKW64 7
            F_SETOWN 8
            F_SETSIG 10
            F_SHLCK 8
            F_UNLCK 2
            F_WRLCK 1
            LOCK_EX 2
            LOCK_MAND 32
            LOCK_NB 4
            LOCK_READ 64
            LOCK_RW 192
            LOCK_SH 1
            LOCK_UN 8
            LOCK_WRITE 128
            """;

    private FileControl() {}

    /** The numbers of Python 2.7's module fcntl, by their names. */
    public static Map<String, Long> ofPython() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        OF_PYTHON.lines().forEach(line -> {
            String[] parts = line.split(" ");
            numbers.put(parts[0], Long.valueOf(parts[1]));
        });
        return numbers;
    }
}
