"""The shop of client.py without the mistake: a payment has one id, however often it is tried."""

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
    payment = uuid.UUID(int=getrandbits(128))
    while True:
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
