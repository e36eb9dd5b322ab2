"""Doing things at the same moment. Import `at_once`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Value = TypeVar("Value")


def at_once(times: int, do: Callable[[int], Value]) -> list[Value | Exception]:
    """Call `do(0)`, `do(1)` … in threads that start together, each on a database connection of
    its own, and return what each returned or raised.
    """
    barrier = Barrier(times)

    def run(number: int) -> Value | Exception:
        barrier.wait()
        try:
            return do(number)
        except Exception as error:  # noqa: BLE001 - it is the caller's to judge
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))
