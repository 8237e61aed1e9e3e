"""The notebooks in JupyterLab itself: opened, run from the menu, without an error and dressed as the page is."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import EXECUTABLE, chromium
from tests.conftest import BIN, copy_workspace

if EXECUTABLE is None:
    pytest.skip(
        "CHROMIUM IS MISSING: no notebook was opened in JupyterLab. Install it: sudo apt-get install chromium",
        allow_module_level=True,
    )

SECONDS = 90  # a machine with one busy core takes most of them
RUN = """() => {
  const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(e => e.textContent.trim());
  return prompts.length > 5 && prompts.every(t => /^\\[\\d+\\]:$/.test(t));
}"""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a JupyterLab on a copy of the sample city, which keeps nothing of the user's settings."""
    folder = tmp_path_factory.mktemp("lab")
    workspace = copy_workspace(folder / "workspace", companies=("saitama-shop", "briefing"))
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "CARBONLIB_"))}
    own = {
        name: str(folder / name.lower())
        for name in (
            *("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"),
            *("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"),
        )
    }
    news = Path(
        own["JUPYTERLAB_SETTINGS_DIR"], "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    )
    news.parent.mkdir(parents=True)
    news.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}), encoding="utf-8")
    address = f"http://127.0.0.1:{(port := _free_port())}"
    command = [
        *(str(BIN / "jupyter"), "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"),
        *("--ServerApp.port_retries=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={workspace}"),
    ]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env={**kept, **own}, stdout=log, stderr=subprocess.STDOUT)
    try:
        for _ in range(SECONDS * 5):
            with suppress(OSError), urllib.request.urlopen(f"{address}/api/status", timeout=5):
                break
            assert server.poll() is None, (folder / "log").read_text()
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(SECONDS)


def run_all(page: Page, address: str, notebook: str) -> None:
    """Open a notebook, run all its cells from the menu and wait until each has its number."""
    # a workspace of its own, or the notebook of the other test is opened too
    page.goto(f"{address}/lab/workspaces/{notebook}/tree/notebooks/{notebook}.ipynb")
    page.wait_for_selector('#jp-main-statusbar :text("| Idle")')
    page.click('.lm-MenuBar-item:has-text("Run")')
    page.click('.lm-Menu-item[data-command="runmenu:run-all"]')
    page.wait_for_function(RUN)


@pytest.mark.parametrize("notebook", ["company_diagnosis", "city_briefing"])
def test_a_notebook_runs_in_jupyterlab_and_is_dressed(lab: str, notebook: str) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(SECONDS * 1000)
        run_all(page, lab, notebook)
        wrong = page.query_selector_all(
            '.jp-OutputArea-output[data-mime-type*="error"], .jp-OutputArea-output[data-mime-type*="stderr"]'
        )
        assert [one.inner_text() for one in wrong] == []
        assert page.query_selector(".jp-RenderedHTML h1")
        assert page.query_selector(".jp-RenderedHTML figure svg[role=img]")
        looks = {
            what: page.evaluate(f"getComputedStyle(document.querySelector('.jp-RenderedHTML {where}')).{how}")
            for what, where, how in (
                ("a topic on a line of its own", ".topic", "display"),
                ("words to the left", "tbody td.text", "textAlign"),
            )
        }
        assert looks == {"a topic on a line of its own": "block", "words to the left": "left"}
