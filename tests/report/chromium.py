"""A Chromium without a window, a network or a memory, that is asked one question and ends."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

_PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=NetworkTimeServiceQuerying,OptimizationHints,MediaRouter",
    "--disable-domain-reliability",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)

#: Who begins what no page has begun, in the browser's log.
_NOBODY = "not an origin"

needs_chromium = pytest.mark.skipif(_PROGRAM is None, reason="Chromium is not installed")


def _ask(page: Path, *flags: str) -> str:
    assert _PROGRAM is not None
    with tempfile.TemporaryDirectory() as profile:
        call = [_PROGRAM, *_FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()]
        run = subprocess.run(call, check=True, capture_output=True, text=True, timeout=240)
    return run.stdout


def print_to(pdf: Path, page: Path) -> Path:
    """The page as it is printed."""
    _ask(page, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    return pdf


def measured(folder: Path, pages: Iterable[tuple[str, int]], script: str, *flags: str) -> tuple[list[Any], list[str]]:
    """What `script`, which is given a window and its document, says of each page at its width; and every address that
    a page asked for, as far as its own policy let it.

    A page is as it is written, in a frame: what measures it stands outside.
    """
    pages = list(pages)
    around = folder / "around.html"
    frames = "".join(f'<iframe width="{width}" height="900"></iframe>' for _page, width in pages)
    texts = json.dumps([page for page, _width in pages]).replace("<", "\\u003c")
    around.write_text(
        f"""<!DOCTYPE html><meta charset="utf-8"><body>{frames}<script>
        const pages = {texts};
        const ask = (window, document) => {{ {script} }};
        const frames = [...document.querySelectorAll("iframe")];
        const loaded = (frame, place) => new Promise(done => {{ frame.onload = done; frame.srcdoc = pages[place]; }});
        Promise.all(frames.map(loaded)).then(() => {{
            const said = frames.map(frame => ask(frame.contentWindow, frame.contentDocument));
            document.body.replaceChildren(JSON.stringify(said));
        }});
        </script>""",
        encoding="utf-8",
    )
    log = folder / "net.json"
    dom = _ask(around, "--dump-dom", "--virtual-time-budget=20000", f"--log-net-log={log}", *flags)
    said = html.unescape(dom.partition("<body>")[2].partition("</body>")[0])
    events = [one.get("params", {}) for one in json.loads(log.read_text(encoding="utf-8"))["events"]]
    # What the browser itself wants to know has no page that began it.
    asked = {one["url"] for one in events if "url" in one and one.get("initiator", _NOBODY) != _NOBODY}
    return json.loads(said), sorted(address for address in asked if not address.startswith("file:"))
