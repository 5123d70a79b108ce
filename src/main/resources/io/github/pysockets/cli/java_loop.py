"""Makes asyncio's default event loop the one of PySockets. Evaluates to a function that does so."""


def install():
    from _pysockets import default_loop

    default_loop.is_ours = True


install
