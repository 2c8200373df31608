"""`jirei serve`: the page, over an index that is up to date."""

import errno
import os
import socket
import subprocess
import sys
from contextlib import closing
from typing import Annotated

import typer

from cli.build import build_shown, tell_built
from cli.index import tell_held
from errors import JireiError
from messages import tell
from settings import ROOT, load_settings


def serve(
    port: Annotated[int | None, typer.Option(help="ポート / port")] = None,
) -> None:
    """チャットのページを開く（索引が無いか古ければ作る）/ open the chat page."""
    from index.encoder import make_encoder
    from index.life import roots_of_index, why_stale

    settings = load_settings()
    port = settings.port if port is None else port
    if not 1 <= port <= 65535:
        raise JireiError("setting_wrong", name="JIREI_PORT", value=port)
    _check_port(settings.host, port)
    reason = why_stale(settings, make_encoder(settings))
    if reason:
        print(tell("rebuilding", settings.lang, reason=tell(reason, settings.lang)), flush=True)
        tell_built(build_shown(roots_of_index(settings), settings), settings.lang)
    else:
        tell_held(settings)
    print(tell("serving", settings.lang, url=f"http://{settings.host}:{port}"), flush=True)
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    command += [f"--server.address={settings.host}", f"--server.port={port}"]
    command += [f"--server.maxUploadSize={settings.max_file_mb}"]
    environment = os.environ | settings.as_seen_from_elsewhere()
    os.chdir(ROOT)
    if os.name == "nt":
        raise typer.Exit(subprocess.call(command, env=environment))
    # The page takes this process's place, so that whoever stops this one stops the page.
    os.execve(command[0], command, environment)  # noqa: S606


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family, kind)) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise JireiError("port_taken", port=port) from error
        raise JireiError("host_wrong", host=host, port=port, why=error.strerror) from error
