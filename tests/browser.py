"""Chromium for the page test: found where it is, or installed.

    python -m tests.browser

A Debian machine gets Chromium and Japanese fonts from its packages; any other gets the browser
that Playwright brings. With CI=true a failure is an error, elsewhere the page test is skipped.
"""

import os
import shutil
import subprocess
import sys


def chromium() -> str | None:
    """The path of an installed Chromium or Chrome; None if only Playwright's own can be used."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    return None


def has_japanese_font() -> bool:
    """Whether Japanese text would be drawn as text; True where fontconfig can't tell."""
    if not shutil.which("fc-list"):
        return sys.platform != "linux"
    listed = subprocess.run(["fc-list", ":lang=ja"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def install() -> None:
    """Installs what is missing. Raises CalledProcessError if that fails."""
    if chromium() and has_japanese_font():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        packages = ["chromium", "fonts-noto-cjk"]
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    elif not chromium():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def main() -> None:
    """Install, and say so if that was not possible."""
    try:
        install()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"Chromium could not be installed: {error}", file=sys.stderr)
        if os.environ.get("CI") == "true":
            sys.exit(1)


if __name__ == "__main__":
    main()
