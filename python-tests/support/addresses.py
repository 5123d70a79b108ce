"""What the tests of address forms share: an address given to each call that takes one, and sockets of rare families."""

import socket

from support.refusals import RefusalTestCase

CALLS = {
    "bind": lambda sock, address: sock.bind(address),
    "connect": lambda sock, address: sock.connect(address),
    "connect_ex": lambda sock, address: sock.connect_ex(address),
    "sendto": lambda sock, address: sock.sendto(b"x", address),
    "sendmsg": lambda sock, address: sock.sendmsg([b"x"], [], 0, address),
}
"""Each method that takes an address, by the name that its messages give it."""

if not hasattr(socket.socket, "sendmsg"):
    del CALLS["sendmsg"]


class AddressTestCase(RefusalTestCase):
    """The subclass says which sockets: `family`, `kind`, `protocol`."""

    family = socket.AF_INET
    kind = socket.SOCK_DGRAM
    protocol = 0

    def make(self):
        return self.bounded(socket.socket(self.family, self.kind, self.protocol))

    def assertRefusedByEach(self, kind, text, *addresses):
        """Each call refuses each of the addresses. `{call}` in the text stands for the name of the call."""
        for name, call in CALLS.items():
            for address in addresses:
                if name == "sendmsg" and address is None:
                    continue  # None says that there is no address
                with self.subTest(call=name, address=address):
                    self.assertRefused(kind, text.replace("{call}", name), call, self.make(), address)

    def assertNotATuple(self, text):
        """Each call refuses addresses that are no tuple. `{type}` in the text stands for their type."""
        for address in ("text", b"bytes", None, 5, ["list", 1]):
            self.assertRefusedByEach(TypeError, text.replace("{type}", type(address).__name__), address)

    def assertNotAnIntegerInEach(self, value, *addresses):
        text = "'%s' object cannot be interpreted as an integer" % type(value).__name__
        self.assertRefusedByEach(TypeError, text, *addresses)


class ImpostorTestCase(AddressTestCase):
    """Address forms of a family that the kernel may lack.

    A socket object takes the family that it is told for a descriptor that exists, and reads addresses by that family
    before it calls the kernel. So an IPv4 descriptor under an object of another family shows every refusal of a form,
    on any machine. A form that is accepted reaches bind(2), and there an errno says that it got the whole address.
    """

    reached_errno = None
    """What bind(2) says on an IPv4 socket to this family's address: EAFNOSUPPORT, or EINVAL if it is below 16 bytes."""

    def make(self):
        descriptor = socket.socket(socket.AF_INET, socket.SOCK_DGRAM).detach()
        return self.bounded(socket.socket(self.family, self.kind, self.protocol, descriptor))

    def assertAccepted(self, *addresses):
        for address in addresses:
            with self.subTest(address=address):
                self.assertSystemError(self.reached_errno, self.make().bind, address)
