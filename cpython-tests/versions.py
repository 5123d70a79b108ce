"""What is run for each version of Python: its modules, the interpreter of PySockets that has this version, its list."""

import pathlib
from dataclasses import dataclass

HERE = pathlib.Path(__file__).parent


@dataclass(frozen=True)
class Version:
    """modules: those that run when none is named.
    slow_modules: those that --all adds.
    interpreter: what runs Python code here.
    options: of the pysockets command, before the script.
    runner, manifest: files."""

    python: str
    modules: tuple
    slow_modules: tuple
    interpreter: str
    options: tuple
    runner: pathlib.Path
    manifest: pathlib.Path

    def all(self):
        return self.modules + self.slow_modules


PYTHON3 = Version(
    "3.12",
    ("test_socket", "test_timeout", "test_select", "test_poll", "test_epoll", "test_selectors", "test_socketserver",
     "test_httpservers", "test_ssl", "test_ftplib", "test_smtplib", "test_poplib", "test_httplib", "test_imaplib",
     "test_xmlrpc", "test_asyncio.test_streams", "test_asyncio.test_server", "test_asyncio.test_sock_lowlevel",
     "test_asyncio.test_sendfile", "test_asyncio.test_selector_events", "test_asyncio.test_buffered_proto",
     "test_asyncio.test_unix_events", "test_asyncio.test_sslproto", "test_asyncio.test_ssl",
     "test_asyncio.test_events.EPollEventLoopTests"),
    # Each takes minutes. test_events runs the same cases for each kind of event loop; test_subprocess starts an
    # interpreter for each case.
    ("test_asyncio.test_events", "test_asyncio.test_subprocess"),
    "GraalPy",
    (),
    HERE / "runner.py",
    HERE / "conformance.tsv",
)
PYTHON2 = Version(
    "2.7",
    ("test_socket", "test_timeout", "test_select", "test_poll", "test_epoll", "test_ssl", "test_socketserver",
     "test_asyncore", "test_asynchat", "test_httplib", "test_httpservers", "test_urllib2_localnet", "test_smtplib",
     "test_poplib", "test_imaplib", "test_ftplib", "test_telnetlib", "test_xmlrpc", "test_logging.SocketHandlerTest",
     "test_logging.ConfigDictTest.test_listen_config_10_ok", "test_logging.ConfigDictTest.test_listen_config_1_ok"),
    (),
    "Jython",
    ("--jython",),
    HERE / "runner2.py",
    HERE / "conformance-2.7.tsv",
)
VERSIONS = {version.python: version for version in (PYTHON3, PYTHON2)}
