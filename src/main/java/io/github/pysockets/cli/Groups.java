package io.github.pysockets.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.proxy.ProxyArray;

/** The group database: see getgrnam_r(3) and getgrent(3). A group is its name, password, number, and members. */
final class Groups {
    private static final int ERANGE = 34;
    private static final int ENTRY_SIZE = 32;
    private static final int NUMBER_OFFSET = 16;
    private static final int MEMBERS_OFFSET = 24;
    private static final long FIRST_ROOM = 4096;
    private static final long LARGEST_ROOM = 64 << 20;

    private Groups() {}

    private interface Call {
        int into(MemorySegment entry, MemorySegment room, MemorySegment result) throws Throwable;
    }

    /** The group of a name; null if there is none, or an errno. */
    static Object byName(String name) {
        MethodHandle getgrnam = NativeCalls.function("getgrnam_r", FunctionDescriptor.of(ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment wanted = arena.allocateFrom(name, StandardCharsets.ISO_8859_1);
            return find(
                    (entry, room, result) -> (int) getgrnam.invokeExact(wanted, entry, room, room.byteSize(), result));
        }
    }

    /** The group of a number; null if there is none, or an errno. */
    static Object byNumber(long number) {
        MethodHandle getgrgid = NativeCalls.function("getgrgid_r", FunctionDescriptor.of(ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS));
        return find((entry, room,
                result) -> (int) getgrgid.invokeExact((int) number, entry, room, room.byteSize(), result));
    }

    private static Object find(Call call) {
        for (long size = FIRST_ROOM; size <= LARGEST_ROOM; size *= 4) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment entry = arena.allocate(ENTRY_SIZE, Long.BYTES);
                MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
                int errno = call.into(entry, arena.allocate(size), result);
                if (errno == 0) {
                    return NativeCalls.pointer(result, 0).equals(MemorySegment.NULL) ? null : fields(entry);
                }
                if (errno != ERANGE) {
                    return errno;
                }
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return ERANGE;
    }

    /** All groups. One thread at a time: the C library has one position in the database. */
    static synchronized ProxyArray all() {
        MethodHandle next = NativeCalls.function("getgrent", FunctionDescriptor.of(ValueLayout.ADDRESS));
        MethodHandle rewind = NativeCalls.function("setgrent", FunctionDescriptor.ofVoid());
        MethodHandle end = NativeCalls.function("endgrent", FunctionDescriptor.ofVoid());
        List<Object> groups = new ArrayList<>();
        try {
            rewind.invokeExact();
            MemorySegment entry = (MemorySegment) next.invokeExact();
            while (!entry.equals(MemorySegment.NULL)) {
                groups.add(fields(entry.reinterpret(ENTRY_SIZE)));
                entry = (MemorySegment) next.invokeExact();
            }
            end.invokeExact();
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        return ProxyArray.fromList(groups);
    }

    private static ProxyArray fields(MemorySegment entry) {
        List<Object> fields = new ArrayList<>();
        fields.add(NativeCalls.string(NativeCalls.pointer(entry, 0)));
        fields.add(NativeCalls.string(NativeCalls.pointer(entry, Long.BYTES)));
        fields.add(Integer.toUnsignedLong(entry.get(ValueLayout.JAVA_INT, NUMBER_OFFSET)));
        MemorySegment members = NativeCalls.pointer(entry, MEMBERS_OFFSET).reinterpret(Long.MAX_VALUE);
        for (long at = 0; !NativeCalls.pointer(members, at).equals(MemorySegment.NULL); at += Long.BYTES) {
            fields.add(NativeCalls.string(NativeCalls.pointer(members, at)));
        }
        return ProxyArray.fromList(fields);
    }
}
