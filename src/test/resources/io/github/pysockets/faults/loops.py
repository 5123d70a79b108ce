"""asyncio streams, plain and by TLS."""

import asyncio

# After an accept that failed for want of descriptors; a second is too long for a test.
asyncio.constants.ACCEPT_RETRY_DELAY = 0.01


async def _aio_answer(reader, writer):
    try:
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()
    except Exception as failure:
        note(failure)
    finally:
        writer.close()


async def _aio_ask(port, number, secured):
    data = b"%d" % number * 20_000
    security = {"ssl": _trust, "server_hostname": "localhost"} if secured else {}
    reader, writer = await asyncio.open_connection("127.0.0.1", port, **security)
    try:
        writer.write(data)
        await writer.drain()
        try:
            check(await reader.readexactly(len(data)), data)
        except asyncio.IncompleteReadError:
            raise EOFError("too early") from None
    finally:
        writer.close()
        try:
            await writer.wait_closed()
        except Exception as failure:
            note(failure)


def _aio_noted(loop, context):
    if "exception" in context:
        note(context["exception"])


async def _aio_main(secured):
    asyncio.get_running_loop().set_exception_handler(_aio_noted)
    security = {"ssl": _keys} if secured else {}
    server = await asyncio.start_server(_aio_answer, "127.0.0.1", 0, **security)
    try:
        port = server.sockets[0].getsockname()[1]
        async with asyncio.timeout(2):
            answers = await asyncio.gather(
                *(_aio_ask(port, number, secured) for number in range(2)), return_exceptions=True
            )
        for answer in answers:
            if answer is not None:
                note(answer)
    finally:
        server.close()


def aio():
    asyncio.run(_aio_main(False))


def aio_tls():
    asyncio.run(_aio_main(True))
