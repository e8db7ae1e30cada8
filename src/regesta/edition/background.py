"""Long work done once by a thread of its own, while readers are told how far it has come."""

import threading
from collections.abc import Callable


class Background:
    """Starts a piece of work at the first call, and waits for it a little at every call.

    Args:
        work: What is to be done; called once.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._failed: BaseException | None = None

    def done(self, wait: float) -> bool:
        """Have the work begun; wait so many seconds; tell whether it is done.

        Raises:
            BaseException: What the work failed with, at this and every later call.
        """
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(wait)
        if self._failed is not None:
            raise self._failed
        return not thread.is_alive()

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:
            self._failed = error
