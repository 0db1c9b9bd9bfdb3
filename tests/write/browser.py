"""A headless Chromium driven over its debugging pipe: no other package is needed."""

from __future__ import annotations

import json
import os
import select
import shlex
import subprocess
import time
from pathlib import Path
from typing import Any


class Browser:
    """One page of a headless Chromium, what it asked for and what it complained about."""

    def __init__(self, program: str, profile: Path) -> None:
        to_read, self._out = os.pipe()
        self._in, to_write = os.pipe()
        flags = f"--headless=new --no-sandbox --disable-gpu --no-first-run --user-data-dir={shlex.quote(str(profile))} --remote-debugging-pipe about:blank"
        script = f"exec {shlex.quote(program)} {flags} 3<&{to_read} 4>&{to_write} 2>/dev/null"
        self._process = subprocess.Popen(["bash", "-c", script], pass_fds=(to_read, to_write))
        os.close(to_read)
        os.close(to_write)
        self._buffer, self._number = b"", 0
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", {"url": "about:blank"}, session=False)["targetId"]
        self._session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True}, session=False)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def _message(self, timeout: float) -> dict[str, Any] | None:
        while b"\0" not in self._buffer:
            if not select.select([self._in], [], [], timeout)[0]:
                return None
            self._buffer += os.read(self._in, 1 << 20)
        raw, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(raw)

    def call(self, method: str, params: dict[str, Any] | None = None, *, session: bool = True) -> dict[str, Any]:
        """One command and its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params or {}}
        if session and hasattr(self, "_session"):
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        end = time.time() + 30
        while time.time() < end:
            answer = self._message(5)
            if answer is None:
                continue
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer.get("result", {})
            self.events.append(answer)
        raise TimeoutError(method)

    def open(self, path: Path, fragment: str = "") -> None:
        """Open a file, at a place in it, and wait until it is there."""
        self.call("Page.navigate", {"url": "about:blank"})
        self.call("Page.navigate", {"url": path.as_uri() + fragment})
        end = time.time() + 20
        while time.time() < end and self.js("document.readyState") != "complete":
            time.sleep(0.05)

    def js(self, code: str) -> Any:
        """The value of an expression on the page."""
        result = self.call("Runtime.evaluate", {"expression": code, "returnByValue": True})
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def key(self, name: str) -> None:
        """Press a key."""
        codes = {"Enter": 13, "Escape": 27, "ArrowRight": 39, "Tab": 9}
        text = {"text": "\r"} if name == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            extra = text if kind == "keyDown" else {}
            self.call(
                "Input.dispatchKeyEvent", {"type": kind, "key": name, "code": name, "windowsVirtualKeyCode": codes[name], **extra}
            )

    def requested(self) -> list[str]:
        """Addresses that the page asked for."""
        return [e["params"]["request"]["url"] for e in self.events if e.get("method") == "Network.requestWillBeSent"]

    def complaints(self) -> list[dict[str, Any]]:
        """Console messages and exceptions."""
        return [
            e for e in self.events if e.get("method") in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        ]

    def close(self) -> None:
        """End the program."""
        os.write(self._out, json.dumps({"id": 0, "method": "Browser.close"}).encode() + b"\0")
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        os.close(self._out)
        os.close(self._in)
