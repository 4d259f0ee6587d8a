"""A thing has changed: whoever waits for it in the running event loop wakes up."""

from __future__ import annotations

import asyncio


class Signal:
    """Wakes every waiter each time it is raised; a signal nobody waits for is forgotten."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Wake all current waiters."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self, timeout_seconds: float) -> bool:
        """Wait for the next ``notify``; False when it did not come in time."""
        if timeout_seconds <= 0:
            return False
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await asyncio.wait_for(waiter, timeout_seconds)
        except TimeoutError:
            return False
        finally:
            self._waiters.discard(waiter)
        return True
