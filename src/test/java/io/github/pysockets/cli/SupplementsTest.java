package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command supplies because GraalPy lacks it, in one process. CPython 3.12 runs both scripts as well. */
final class SupplementsTest {
    @Test
    void whatWellKnownLibrariesNeed(@TempDir Path temporary) throws Exception {
        Path folder = temporary.toRealPath();
        Files.writeString(folder.resolve("named.py"), """
                # '\\N{NEW LINE}' in a comment
                NAMES = '\\N{NEW LINE}', f"{1}\\N{DELETE}", r"\\N{NBSP}", '''
                \\\\N{NBSP}'''
                import sys
                LINE = sys._getframe().f_lineno
                """);
        Files.writeString(folder.resolve("script.py"), """
                import grp, os, resource, subprocess, syslog, xml.dom.minidom, xmlrpc.client
                import ctypes
                import named

                assert named.NAMES == ("\\n", "1\\x7f", "\\\\N{NBSP}", "\\n\\\\N{NBSP}"), named.NAMES
                assert named.LINE == 5

                root = grp.getgrgid(0)
                assert grp.getgrnam(root.gr_name) == root and root in grp.getgrall()
                assert repr(root).startswith("grp.struct_group(gr_name=")

                def failure(function, *args):
                    try:
                        return function(*args)
                    except Exception as error:
                        return type(error).__name__, str(error)

                unknown = failure(grp.getgrnam, "no such group")
                assert unknown == ("KeyError", '"getgrnam(): name not found: \\'no such group\\'"'), unknown
                assert failure(grp.getgrnam, "a\\0") == ("ValueError", "embedded null byte")
                assert failure(grp.getgrgid, 1.0) == ("TypeError", "gid should be integer, not float")

                soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
                resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
                assert resource.getrlimit(resource.RLIMIT_NOFILE) == (256, hard)
                assert resource.prlimit(os.getpid(), resource.RLIMIT_NOFILE, (300, hard)) == (256, hard)
                shell = subprocess.run(["sh", "-c", "ulimit -n"], capture_output=True, text=True)
                assert shell.stdout == "300\\n", shell
                assert failure(resource.setrlimit, 7, (5, 4)) == (
                    "ValueError", "current limit exceeds maximum limit")
                assert failure(resource.setrlimit, 99, (5, 4)) == ("ValueError", "invalid resource specified")
                assert failure(resource.prlimit, 2**30, 7)[0] == "ProcessLookupError"

                syslog.openlog("supplied", syslog.LOG_PERROR)
                before = syslog.setlogmask(syslog.LOG_UPTO(syslog.LOG_ERR))
                syslog.syslog("below the mask")
                syslog.syslog(syslog.LOG_ERR, "100 %s")
                syslog.closelog()
                assert before == 0xFF
                assert failure(syslog.syslog, 3) == ("TypeError", "syslog() argument 1 must be str, not int")

                assert "a\\xff".encode("charmap") == b"a\\xff" and b"\\xff".decode("charmap") == "\\xff"

                import gzip, zlib
                packer, unpacker = zlib.compressobj(9, zlib.DEFLATED, -15), zlib.decompressobj(-15)
                for message in b"hello", b"b" * 100, b"abc" * 1000:
                    packed = packer.compress(message) + packer.flush(zlib.Z_SYNC_FLUSH)
                    assert unpacker.decompress(packed[:-4]) + unpacker.decompress(packed[-4:]) == message
                    assert unpacker.flush() == b""
                assert not unpacker.eof
                packed = gzip.compress(b"x" * 100_000) + b"rest"
                unpacker = zlib.decompressobj(wbits=31)
                start = unpacker.decompress(packed, 10)
                second = unpacker.copy()
                assert start + unpacker.flush() == b"x" * 100_000 and start + second.flush() == b"x" * 100_000
                assert unpacker.eof and unpacker.unused_data == b"rest" and unpacker.flush() == b""
                assert failure(unpacker.flush, 0) == ("ValueError", "length must be greater than zero")

                import sysconfig, zoneinfo
                assert list(zoneinfo.TZPATH) == sysconfig.get_config_var("TZPATH").split(":"), zoneinfo.TZPATH
                assert "/usr/share/zoneinfo" in zoneinfo.TZPATH
                assert zoneinfo._tzpath.__file__.endswith("_tzpath.py")

                data = bytes(range(256)) * 200
                for encoding in ("ascii", "utf-8"):
                    text = data.decode(encoding, "surrogateescape")
                    assert text.encode(encoding, "surrogateescape") == data
                mixed = "a\\udcff\\u20ac" * 1000
                assert mixed.encode("utf-8", "surrogateescape") == b"a\\xff\\xe2\\x82\\xac" * 1000
                try:
                    mixed.encode("ascii", "surrogateescape")
                except UnicodeEncodeError as error:
                    assert (error.start, error.end) == (2, 3)
                else:
                    raise AssertionError

                value = "".join("line %d > & < \\u20ac\\n" % number for number in range(2000))
                parser, unmarshaller = xmlrpc.client.getparser()
                answer = xmlrpc.client.dumps((value,), methodresponse=True).encode()
                for at in range(0, len(answer), 1024):
                    parser.feed(answer[at : at + 1024])
                parser.close()
                assert unmarshaller.close() == (value,)
                text = "y" * 100_000
                assert xml.dom.minidom.parseString(f"<a>{text}</a>").documentElement.firstChild.data == text
                print("OK")
                """);
        try (Child child = Child.main(folder, "script.py")) {
            assertEquals(new Child.Result(0, "OK\n", "supplied: 100 %s\n"), child.result());
        }
    }
}
