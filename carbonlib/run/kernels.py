"""Kernels over local sockets: TCP ports collide when several kernels start at once."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import uuid
from functools import cache
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from traitlets import default

_LONGEST_SOCKET_PATH = 90  # bytes; the kernel appends "-<port>", and Linux allows 107


@cache
def _socket_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="carbonlib-")


def sockets_work() -> bool:
    """Return whether kernels can talk over local sockets here."""
    return sys.platform != "win32" and len(_socket_folder().name.encode()) + 13 <= _LONGEST_SOCKET_PATH


class LocalKernelManager(AsyncKernelManager):
    """A kernel manager whose kernels listen on files of a private folder instead of network ports."""

    async def _async_start_kernel(self, **kw: Any) -> None:
        # what a kernel has to say comes over its channels; its own console only tells of its shutdown
        await super()._async_start_kernel(**{"stderr": subprocess.DEVNULL, **kw})

    start_kernel = _async_start_kernel

    @default("transport")
    def _transport_default(self) -> str:
        return "ipc" if sockets_work() else "tcp"

    @default("ip")
    def _ip_default(self) -> str:
        # the stock default is one name in the working folder, which two kernels would share
        if self.transport != "ipc":
            return "127.0.0.1"
        return f"{_socket_folder().name}/{uuid.uuid4().hex[:12]}"
