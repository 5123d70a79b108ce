"""Waiting for the garbage collector, which may take its time."""

import gc
import threading
import time
import warnings

from support import LIMIT


def collected(condition):
    """Collects garbage until `condition()` holds, for LIMIT seconds at most. Gives whether it does."""
    deadline = time.monotonic() + LIMIT
    pause = threading.Event()
    while True:
        gc.collect()
        if condition():
            return True
        if time.monotonic() > deadline:
            return False
        pause.wait(0.01)


class ResourceWarnings:
    """Records every ResourceWarning inside of a `with`, whatever the interpreter was told to do with them."""

    def __enter__(self):
        self._recorder = warnings.catch_warnings(record=True)
        self._caught = self._recorder.__enter__()
        warnings.simplefilter("always", ResourceWarning)
        return self

    def __exit__(self, *failure):
        self._recorder.__exit__(*failure)

    def messages(self):
        return [str(warning.message) for warning in self._caught if issubclass(warning.category, ResourceWarning)]
