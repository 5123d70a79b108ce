package io.github.pysockets.linux;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static io.github.pysockets.abi.Protocols.CAN_ISOTP;
import static io.github.pysockets.abi.Protocols.CAN_J1939;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.SockaddrAlg;
import io.github.pysockets.stack.SockaddrCan;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrLl;
import io.github.pysockets.stack.SockaddrNl;
import io.github.pysockets.stack.SockaddrOther;
import io.github.pysockets.stack.SockaddrQrtr;
import io.github.pysockets.stack.SockaddrTipc;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SockaddrVm;
import io.github.pysockets.stack.SocketAddress;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both codecs of socket addresses, against the bytes of the C structs on little-endian hosts. */
final class SockaddrCodecTest {
    @ParameterizedTest
    @MethodSource("io.github.pysockets.stack.SockaddrRecords#all")
    void everyRecordHasAStruct(SocketAddress address) {
        assertNotEquals(-Errno.EAFNOSUPPORT, SockaddrCodec.encode(address, room(new byte[0])));
    }

    @Test
    void addressOfAnotherStackIsRefused() {
        assertEquals(-Errno.EAFNOSUPPORT, SockaddrCodec.encode(new SocketAddress() {}, room(new byte[0])));
    }

    private static final int CAN_RAW = 1;

    static Stream<Arguments> structs() {
        return Stream.of(
                Arguments.of(new SockaddrIn(0x7f00_0001, 8080), "0200 1f90 7f000001 0000000000000000"),
                Arguments.of(new SockaddrIn(-1, 65535), "0200 ffff ffffffff 0000000000000000"),
                Arguments.of(
                        new SockaddrIn6(0xfe80_0000_0000_0000L, 0x8001_0203_0405_0607L, 443, 0xfedcb, 0x8000_0002),
                        "0a00 01bb 000fedcb fe80000000000000 8001020304050607 02000080"),
                Arguments.of(un(""), "0100"),
                Arguments.of(un("/tmp/s"), "0100 2f746d702f73 00"),
                Arguments.of(un("\0abc"), "0100 00616263"),
                Arguments.of(un("\0a\0"), "0100 006100"),
                Arguments.of(un("x".repeat(107)), "0100" + "78".repeat(107) + "00"),
                Arguments.of(un("x".repeat(108)), "0100" + "78".repeat(108)),
                Arguments.of(un("\0" + "x".repeat(107)), "010000" + "78".repeat(107)),
                Arguments.of(new SockaddrNl(0x8000_0001, 0x21), "1000 0000 01000080 21000000"),
                Arguments.of(
                        new SockaddrLl(0x0800, 3, 0x304, 4, new byte[] {1, 2, 3, 4, 5, (byte) 0xff}),
                        "1100 0800 03000000 0403 04 06 0102030405ff0000"),
                Arguments.of(new SockaddrLl(3, 1, 1, 0, new byte[8]), "1100 0003 01000000 0100 00 08 0000000000000000"),
                Arguments.of(new SockaddrVm(0xffff_ffff, 0x1234), "2800 0000 34120000 ffffffff 00000000"),
                Arguments.of(
                        new SockaddrCan(5, 0, 0, 0, 0, 0, CAN_RAW),
                        "1d00 0000 05000000 00000000000000000000000000000000"),
                Arguments.of(
                        new SockaddrCan(5, 0x8000_0123, 0x456, 0, 0, 0, CAN_ISOTP),
                        "1d00 0000 05000000 23010080 56040000 0000000000000000"),
                Arguments.of(
                        new SockaddrCan(5, 0, 0, 0x1122_3344_5566_7788L, 0x3fffe, 254, CAN_J1939),
                        "1d00 0000 05000000 8877665544332211 feff0300 fe 000000"),
                Arguments.of(
                        new SockaddrAlg("skcipher", "cbc(aes)", 0x10, 0x8000_0000),
                        "2600" + "736b636970686572" + "00".repeat(6) + "10000000 00000080 6362632861657329"
                                + "00".repeat(56)),
                Arguments.of(new SockaddrTipc(1, 18888, 7, 9, 2), "1e00 01 02 c8490000 07000000 09000000"),
                Arguments.of(new SockaddrTipc(2, 18888, 7, 0, -1), "1e00 02 ff c8490000 07000000 00000000"),
                Arguments.of(new SockaddrTipc(3, 0x01001002, 99, 0, 0), "1e00 03 00 63000000 02100001 00000000"),
                Arguments.of(new SockaddrQrtr(1, 0xffff_fffe), "2a00 0000 01000000 feffffff"),
                Arguments.of(new SockaddrOther(9, new byte[] {1, 2, 3}), "0900 010203"),
                Arguments.of(new SockaddrOther(0, new byte[0]), "0000"),
                Arguments.of(new SockaddrOther(0xfffe, new byte[126]), "feff" + "00".repeat(126)));
    }

    private static SockaddrUn un(String path) {
        return new SockaddrUn(path.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** Room that holds a struct, and garbage behind it. */
    private static MemorySegment room(byte[] struct) {
        byte[] room = new byte[Scratch.ADDRESS_SIZE];
        Arrays.fill(room, (byte) 0xee);
        System.arraycopy(struct, 0, room, 0, struct.length);
        return MemorySegment.ofArray(room);
    }

    private static SocketAddress decode(String hex) {
        byte[] struct = bytes(hex);
        return SockaddrCodec.decode(room(struct), struct.length, 0);
    }

    @ParameterizedTest
    @MethodSource("structs")
    void structIsWritten(SocketAddress address, String hex) {
        byte[] expected = bytes(hex);
        MemorySegment room = room(new byte[0]);

        int length = SockaddrCodec.encode(address, room);

        assertEquals(expected.length, length);
        assertEquals(
                HexFormat.of().formatHex(expected),
                HexFormat.of().formatHex((byte[]) room.heapBase().orElseThrow(), 0, length));
    }

    @ParameterizedTest
    @MethodSource("structs")
    void structIsRead(SocketAddress address, String hex) {
        byte[] struct = bytes(hex);
        int protocol = address instanceof SockaddrCan can ? can.protocol() : 0;

        assertEquals(address, SockaddrCodec.decode(room(struct), struct.length, protocol));
    }

    @Test
    void addressThatDoesNotFitIsRefused() {
        MemorySegment room = room(new byte[0]);

        assertEquals(-Errno.EINVAL, SockaddrCodec.encode(un("x".repeat(109)), room));
        assertEquals(-Errno.EINVAL, SockaddrCodec.encode(un("\0".repeat(109)), room));
        assertEquals(-Errno.EINVAL, SockaddrCodec.encode(new SockaddrLl(0, 0, 0, 0, new byte[9]), room));
        assertEquals(-Errno.EINVAL, SockaddrCodec.encode(new SockaddrAlg("x".repeat(14), "a", 0, 0), room));
        assertEquals(-Errno.EINVAL, SockaddrCodec.encode(new SockaddrAlg("a", "x".repeat(64), 0, 0), room));
        assertEquals(-Errno.EINVAL, SockaddrCodec.encode(new SockaddrOther(1, new byte[127]), room));
    }

    @Test
    void noBytesAreNoAddress() {
        assertNull(decode(""));
        assertNull(decode("02"));
    }

    @Test
    void reliableDatagramSocketsHaveInternetAddresses() {
        assertEquals(new SockaddrIn(0x7f00_0001, 80), decode("1500 0050 7f000001 0000000000000000"));
    }

    @Test
    void fileNameEndsAtItsFirstZero() {
        assertEquals(un("/a"), decode("0100 2f61 00 6262"));
        assertEquals(un("/a"), decode("0100 2f61"), "as the kernel of some systems counts it");
    }

    @Test
    void fileNameOfFullLengthIsCountedWithAZeroMore() {
        assertEquals(un("x".repeat(108)), decode("0100" + "78".repeat(108) + "00"));
    }

    @Test
    void structThatIsShortIsFilledUpWithZeros() {
        assertEquals(new SockaddrIn(0x0a00_0000, 80), decode("0200 0050 0a"));
        assertEquals(new SockaddrLl(0, 2, 0, 0, new byte[0]), decode("1100 0000 02000000"));
        assertEquals(new SockaddrNl(1, 0), decode("1000 0000 01000000"));
    }

    @Test
    void hardwareAddressesMayBeLongerThanTheirField() {
        String address = "0102030405060708090a0b0c0d0e0f1011121314";

        SockaddrLl infiniBand = (SockaddrLl) decode("1100 0800 03000000 2000 00 14" + address);

        assertEquals(address, HexFormat.of().formatHex(infiniBand.address()));
        assertEquals(8, ((SockaddrLl) decode("1100 0800 03000000 2000 00 14 0102030405060708")).address().length);
    }

    @Test
    void lengthBeyondTheRoomIsCutToIt() {
        byte[] data = ((SockaddrOther) SockaddrCodec.decode(room(bytes("0900")), 300, 0)).data();

        assertEquals(Scratch.ADDRESS_SIZE - 2, data.length);
    }
}
