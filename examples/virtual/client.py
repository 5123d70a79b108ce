"""A shop. Pays 100 every half minute for ten minutes, and tries again when the bank does not answer.

It has a mistake that no test on a network without faults brings to light.
"""

import socket
import sys
import time
import uuid
from random import getrandbits

BANK = "bank", 80


def ask(request):
    with socket.create_connection(BANK, timeout=5) as connection, connection.makefile("rw") as lines:
        print(request, file=lines, flush=True)
        return lines.readline().strip()


def pay(amount):
    while True:
        payment = uuid.UUID(int=getrandbits(128))
        try:
            if ask(f"PAY {payment} {amount}") == "OK":
                return
        except OSError as error:
            print(time.strftime("%H:%M:%S", time.gmtime()), "again:", error)
            time.sleep(5)


begun = time.monotonic()
for number in range(20):
    time.sleep(max(0, begun + 30 * number - time.monotonic()))
    pay(100)
booked = int(ask("SUM"))
print("paid 2000, booked", booked)
sys.exit(booked != 2000)
